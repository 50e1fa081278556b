import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { JobError } from "../job/errors.ts";
import { type PemContent, readPem } from "./pem.ts";
import { whyUnreadable } from "./text-file.ts";

/** Absolute paths of PEM files; what is not given is looked for in the certificate's file. */
export interface CredentialFiles {
  readonly cacert?: string | undefined;
  readonly cert: string;
  readonly key?: string | undefined;
}

/** What mutual TLS needs, read and checked, and the files it was found in. */
export interface Credentials {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly encrypted: boolean;
  readonly files: Required<{ [K in keyof CredentialFiles]: string }>;
}

/** What says where each of them is. */
const WHERE = {
  cert: "--cert (or LPR_CERT) names the file with your certificate",
  key: "--key (or LPR_KEY) names the file with your private key",
  cacert: "--cacert (or LPR_CACERT) names the file with the certificate of the agent's authority",
} as const;

/**
 * Reads a client's certificate, key and CA from their files.
 * @throws JobError INVALID_INPUT with every problem of every file
 */
export function readCredentials({ cacert, cert, key }: CredentialFiles, now = new Date()): Credentials {
  const problems: string[] = [];
  const hints: string[] = [];
  const load = (path: string, hint: string) => {
    try {
      return readPemFile(path);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      hints.push(hint);
      return undefined;
    }
  };
  const certFile = load(cert, WHERE.cert);
  const keyFile = key === undefined || key === cert ? certFile : load(key, WHERE.key);
  const caFile = cacert === undefined || cacert === cert ? certFile : load(cacert, WHERE.cacert);

  const findings = { problems, hints };
  if (certFile) checkCertificate(certFile, cert, now, findings);
  const keyPath = key ?? cert;
  if (keyFile) checkKey(keyFile, keyPath, findings);
  // In a file of its own every certificate is meant to be trusted; beside a client's one only a root is.
  const authorities =
    caFile === certFile ? caFile?.authorities : [...(caFile?.authorities ?? []), ...(caFile?.chain ?? [])];
  if (caFile && authorities?.length === 0) {
    problems.push(`${cacert ?? cert} holds no certificate authority`);
    hints.push(WHERE.cacert);
  }
  if (problems.length > 0 || !certFile || !keyFile?.key || !authorities) {
    throw new JobError("INVALID_INPUT", problems.join("\n"), {
      hint: hints.length > 0 ? hints.join("\n") : undefined,
    });
  }
  return {
    ca: `${authorities.join("\n")}\n`,
    cert: `${certFile.chain.join("\n")}\n`,
    key: `${keyFile.key}\n`,
    encrypted: keyFile.encrypted,
    files: { cacert: cacert ?? cert, cert, key: keyPath },
  };
}

/** @throws JobError INVALID_INPUT */
export function readPemFile(path: string): PemContent {
  try {
    return readPem(readFileSync(path, "utf8"));
  } catch (error) {
    throw new JobError("INVALID_INPUT", `cannot read ${path}: ${whyUnreadable(error)}`, { cause: error });
  }
}

/** What is wrong with a file, and what to do about it. */
export interface Findings {
  readonly problems: string[];
  readonly hints: string[];
}

/** Whether a file can be used as a client's certificate. */
export function checkCertificate(
  { chain: [leaf] }: PemContent,
  path: string,
  now: Date,
  { problems, hints }: Findings,
): void {
  if (leaf === undefined) {
    problems.push(`${path} holds no client certificate`);
    hints.push(WHERE.cert);
    return;
  }
  const { validFromDate, validToDate } = new X509Certificate(leaf);
  if (validToDate < now) {
    problems.push(`the client certificate in ${path} expired on ${validToDate.toISOString()}`);
    hints.push("ask for a new one (lpr certs issue)");
  } else if (validFromDate > now) {
    problems.push(`the client certificate in ${path} is valid only from ${validFromDate.toISOString()}`);
    hints.push("check the clock of this machine");
  }
}

/** Whether a file can be used as a client's private key. */
export function checkKey({ key }: PemContent, path: string, { problems, hints }: Findings): void {
  if (key === undefined) {
    problems.push(`${path} holds no private key`);
    hints.push(WHERE.key);
  } else if ((statSync(path).mode & 0o077) !== 0) {
    problems.push(`${path} holds a private key and can be read by other users`);
    hints.push(`chmod 600 ${path}`);
  }
}
