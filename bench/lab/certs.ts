import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestCertificate, testCerts } from "../../test/helpers/certs.ts";
import { LPR } from "./lpr.ts";
import { runProgram } from "./program.ts";

/** Throw-away certificates as users get them, RSA 4096, but keys without a passphrase: opening one is not measured. */
export interface BenchCerts {
  readonly agent: CertificateFiles;
  /** Role admin. */
  readonly client: CertificateFiles;
}

export interface CertificateFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export async function makeCerts(dir: string, signal: AbortSignal): Promise<BenchCerts> {
  const lpr = { command: [LPR], env: { PATH: process.env["PATH"] ?? "", HOME: dir } };
  // Each is seen through when we are interrupted: the recipe has processes of its own, which write to the directory.
  const make = async (...words: string[]) => {
    signal.throwIfAborted();
    await runProgram(lpr, ["certs", ...words, "--dir", dir, "--no-passphrase"], new AbortController().signal);
  };
  await make("init");
  await make("issue-agent", "localhost", "127.0.0.1");
  await make("issue", "bench", "--role", "admin");
  const files = (path: string, name: string) => ({
    ca: join(dir, "ca/ca.pem"),
    cert: join(dir, path, `${name}.pem`),
    key: join(dir, path, `${name}-key.pem`),
  });
  return { agent: files("agents/localhost", "agent"), client: files("clients/bench", "client") };
}

/** The same with keys whose signatures cost next to nothing, to tell what RSA takes. */
export async function makeP256Certs(): Promise<BenchCerts> {
  const certs = await testCerts();
  const files = ({ certPath, keyPath }: TestCertificate): CertificateFiles => {
    chmodSync(keyPath, 0o600);
    return { ca: certs.ca.certPath, cert: certPath, key: keyPath };
  };
  return { agent: files(certs.agent), client: files(await certs.client({ tenant: "bench", role: "admin" })) };
}

export function readPem({ ca, cert, key }: CertificateFiles) {
  return { ca: readFileSync(ca, "utf8"), cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
}
