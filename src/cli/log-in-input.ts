import { createPrivateKey, X509Certificate } from "node:crypto";
import { formatAddress, parseAddress } from "../client/address.ts";
import { reach } from "../client/reach.ts";
import { absolute } from "./connection.ts";
import { checkCertificate, checkKey, type Findings, readPemFile } from "./credentials.ts";
import { complain } from "./output.ts";
import { during } from "./progress.ts";
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

/** Each answer is checked at once, and asked for again when it will not do. */
async function askForRest(
  addressGiven: string | undefined,
  cacertGiven: string | undefined,
  certGiven: string | undefined,
  keyGiven: string | undefined,
): Promise<LogInPlace> {
  const address =
    addressGiven ??
    (await askUntil("Address of the agent (host or host:port)", (text) => {
      const place = parseAddress(text);
      return during(`looking for ${formatAddress(place)}`, () => reach(place));
    }));
  const cert =
    certGiven ??
    (await askUntil("File with your certificate (PEM; key and CA may be in it)", (path) =>
      refuseUnless((findings) =>
        checkCertificate(readPemFile(absolute(path)), absolute(path), new Date(), findings),
      ),
    ));
  const content = readPemFile(absolute(cert));
  const key =
    keyGiven ??
    (content.key === undefined
      ? await askUntil("File with your private key", (path) =>
          refuseUnless((findings) => {
            const file = readPemFile(absolute(path));
            checkKey(file, absolute(path), findings);
            // An encrypted one is compared once it is open.
            if (file.key === undefined || file.encrypted || matches(file.key, content.chain[0])) return;
            findings.problems.push(`the key in ${path} is not the one of the certificate in ${cert}`);
          }),
        )
      : undefined);
  const cacert =
    cacertGiven ??
    (content.authorities.length === 0
      ? await askUntil("File with the agent's CA certificate", (path) =>
          refuseUnless(({ problems }) => {
            const { authorities, chain } = readPemFile(absolute(path));
            if (authorities.length + chain.length === 0) problems.push(`${path} holds no certificate`);
          }),
        )
      : undefined);
  return { address, cacert, cert, key };
}

function refuseUnless(check: (findings: Findings) => void): void {
  const findings: Findings = { problems: [], hints: [] };
  check(findings);
  // What a hint says of options is for those who gave them.
  const hints = findings.hints.filter((hint) => !hint.startsWith("--"));
  if (findings.problems.length > 0) throw new Error([...findings.problems, ...hints].join("\n  "));
}

function matches(key: string, certificate = ""): boolean {
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}

async function askUntil(question: string, check: (answer: string) => void | Promise<void>): Promise<string> {
  for (;;) {
    const answer = await ask(question);
    if (answer === "") continue;
    try {
      await check(answer);
      return answer;
    } catch (error) {
      complain(`  ${error instanceof Error ? error.message : error}`);
    }
  }
}
