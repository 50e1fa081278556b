import { absolute } from "./connection.ts";
import { readPemFile } from "./credentials.ts";
import { ask } from "./prompt.ts";
import { UsageError } from "./usage-error.ts";

export interface LogInInput {
  readonly address: string | undefined;
  readonly cacert: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly name: string | undefined;
  readonly storeKey: boolean;
  /** Somebody is there to be asked. */
  readonly interactive: boolean;
}

/** Where to log in, and with which files. */
export interface LogInPlace {
  readonly address: string;
  readonly cacert: string | undefined;
  readonly cert: string;
  readonly key: string | undefined;
}

/** Takes what is missing from LPR_* variables, then from whoever is at the terminal. */
export async function completeInput(input: LogInInput, env: NodeJS.ProcessEnv): Promise<LogInPlace> {
  const address = input.address ?? (env["LPR_ADDRESS"] || undefined);
  const cacert = input.cacert ?? (env["LPR_CACERT"] || undefined);
  const cert = input.cert ?? (env["LPR_CERT"] || undefined);
  const key = input.key ?? (env["LPR_KEY"] || undefined);
  if (address !== undefined && cert !== undefined) return { address, cacert, cert, key };
  if (!input.interactive) {
    const missing = [
      ...(address === undefined ? ["ADDRESS is missing, and nobody is here to ask"] : []),
      ...(cert === undefined ? ["--cert is missing, and nobody is here to ask"] : []),
    ];
    throw new UsageError(missing, "lpr auth login HOST --cert FILE [--key FILE] [--cacert FILE]");
  }
  return askForRest(address, cacert, cert, key);
}

async function askForRest(
  addressGiven: string | undefined,
  cacertGiven: string | undefined,
  certGiven: string | undefined,
  keyGiven: string | undefined,
): Promise<LogInPlace> {
  const address = addressGiven ?? (await askForRequired("Address of the agent (host or host:port)"));
  const cert =
    certGiven ?? (await askForRequired("File with your certificate (PEM; key and CA may be in it)"));
  const content = readPemFile(absolute(cert));
  const key =
    keyGiven ?? (content.key === undefined ? await askForRequired("File with your private key") : undefined);
  const cacert =
    cacertGiven ??
    (content.authorities.length === 0
      ? await askForRequired("File with the agent's CA certificate")
      : undefined);
  return { address, cacert, cert, key };
}

async function askForRequired(question: string): Promise<string> {
  for (;;) {
    const answer = await ask(question);
    if (answer !== "") return answer;
  }
}
