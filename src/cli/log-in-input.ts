import { createPrivateKey, X509Certificate } from "node:crypto";
import { type Address, formatAddress, parseAddress } from "../client/address.ts";
import { reach } from "../client/reach.ts";
import { isTrusted } from "../client/trust.ts";
import { completePath } from "./complete-path.ts";
import { absolute } from "./connection.ts";
import { checkCertificate, checkKey, type Findings, readPemFile } from "./credentials.ts";
import { complain } from "./output.ts";
import { during } from "./progress.ts";
import { ask, type Completer } from "./prompt.ts";
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
  const place = parseAddress(address);
  const cert =
    certGiven ??
    (await askForFile("File with your certificate (PEM; key and CA may be in it)", (path) =>
      refuseUnless((findings) =>
        checkCertificate(readPemFile(absolute(path)), absolute(path), new Date(), findings),
      ),
    ));
  const content = readPemFile(absolute(cert));
  const key =
    keyGiven ??
    (content.key === undefined
      ? await askForFile("File with your private key", (path) =>
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
      ? await askForFile("File with the agent's CA certificate", (path) => checkAuthority(path, place))
      : undefined);
  return { address, cacert, cert, key };
}

async function checkAuthority(path: string, place: Address): Promise<void> {
  const { authorities, chain } = readPemFile(absolute(path));
  const found = [...authorities, ...chain];
  if (found.length === 0) throw new Error(`${path} holds no certificate`);
  const name = formatAddress(place);
  const trusted = await during(`looking at ${name}`, () => isTrusted(place, found.join("\n")));
  if (!trusted) throw new Error(`the agent at ${name} has a certificate of another CA than that in ${path}`);
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

type Check = (answer: string) => void | Promise<void>;

function askForFile(question: string, check: Check): Promise<string> {
  return askUntil(question, check, completePath);
}

async function askUntil(question: string, check: Check, completer?: Completer): Promise<string> {
  for (;;) {
    const answer = await ask(question, completer);
    try {
      if (answer === "") throw new Error("an answer is needed; Ctrl-C ends this");
      await check(answer);
      return answer;
    } catch (error) {
      complain(`  ${error instanceof Error ? error.message : error}`);
    }
  }
}
