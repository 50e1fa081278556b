import { beforeAll, expect, test } from "bun:test";
import { createPrivateKey } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { readCredentials } from "../../src/cli/credentials.ts";
import { openKey } from "../../src/cli/passphrase.ts";
import { readPem } from "../../src/cli/pem.ts";
import { type TestCertificate, type TestCerts, testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";

let certs: TestCerts;
let alice: TestCertificate;
beforeAll(async () => {
  certs = await testCerts();
  alice = await certs.client();
});

function encrypt(pem: string, passphrase: string): string {
  const options = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase } as const;
  return createPrivateKey(pem).export(options) as string;
}

function problemsOf(files: Parameters<typeof readCredentials>[0], now?: Date) {
  try {
    readCredentials(files, now);
  } catch (error) {
    return error as Error & { hint?: string };
  }
  throw new Error("nothing was wrong");
}

test("a file for each, and all in one file, give the same", () => {
  const apart = readCredentials({ cacert: certs.ca.certPath, cert: alice.certPath, key: alice.keyPath });
  const together = readCredentials({ cert: alice.combinedPath });
  expect(together.ca.trim()).toBe(apart.ca.trim());
  expect(together.cert.trim()).toBe(apart.cert.trim());
  expect(together.key.trim()).toBe(apart.key.trim());
  expect(together.files).toEqual({
    cacert: alice.combinedPath,
    cert: alice.combinedPath,
    key: alice.combinedPath,
  });
});

test("the parts of a combined file may come in any order", () => {
  const { key, chain, authorities } = readPem([certs.ca.cert, alice.cert, alice.key].join("\n"));
  expect([key, chain.length, authorities.length]).toEqual([alice.key.trim(), 1, 1]);
  expect(chain[0]).toBe(alice.cert.trim());
});

test("every problem of every file is reported at once", () => {
  using dir = tempDir();
  writeFileSync(dir.join("empty"), "", { mode: 0o600 });
  const { message, hint } = problemsOf({
    cacert: dir.join("none"),
    cert: certs.ca.certPath,
    key: dir.join("empty"),
  });
  expect(message.replaceAll(dir.path, "").replace(certs.ca.certPath, "/ca.pem").split("\n")).toEqual([
    "cannot read /none: no such file",
    "/ca.pem holds no client certificate",
    "/empty holds no private key",
  ]);
  expect(hint).toContain("--key (or LPR_KEY) names the file");
});

test("a damaged certificate is reported by its file", () => {
  using dir = tempDir();
  writeFileSync(dir.join("bad"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", {
    mode: 0o600,
  });
  expect(problemsOf({ cert: dir.join("bad") }).message).toStartWith(`cannot read ${dir.join("bad")}: `);
});

test.each([0o640, 0o604, 0o644])("a private key of mode %o is refused with the remedy", (mode) => {
  using dir = tempDir();
  writeFileSync(dir.join("all.pem"), readFileSync(alice.combinedPath));
  chmodSync(dir.join("all.pem"), mode);
  const { message, hint } = problemsOf({ cert: dir.join("all.pem") });
  expect(message).toContain("can be read by other users");
  expect(hint).toBe(`chmod 600 ${dir.join("all.pem")}`);
});

test("a certificate that has expired, or is not valid yet, is told before anybody is called", async () => {
  const expired = await certs.odd("expired client");
  expect(problemsOf({ cert: expired.combinedPath }).message).toContain("expired on");
  expect(problemsOf({ cert: alice.combinedPath }, new Date(0)).message).toContain("valid only from");
});

test("an encrypted key is opened by the first line of LPR_KEY_PASSPHRASE_FILE", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("key"), encrypt(alice.key, "s3 cret"), { mode: 0o600 });
  writeFileSync(dir.join("pass"), "s3 cret\nremark\n", { mode: 0o600 });
  const credentials = readCredentials({
    cacert: certs.ca.certPath,
    cert: alice.certPath,
    key: dir.join("key"),
  });
  expect(credentials.encrypted).toBe(true);
  const opened = await openKey(credentials, { LPR_KEY_PASSPHRASE_FILE: dir.join("pass") });
  expect(createPrivateKey(opened).equals(createPrivateKey(alice.key))).toBe(true);
});

test("a wrong passphrase, one that others can read and a missing file are told apart", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("key"), encrypt(alice.key, "right"), { mode: 0o600 });
  writeFileSync(dir.join("wrong"), "wrong", { mode: 0o600 });
  writeFileSync(dir.join("open"), "right", { mode: 0o644 });
  chmodSync(dir.join("open"), 0o644);
  const credentials = readCredentials({
    cacert: certs.ca.certPath,
    cert: alice.certPath,
    key: dir.join("key"),
  });
  const opening = (file: string) => openKey(credentials, { LPR_KEY_PASSPHRASE_FILE: dir.join(file) });
  await expect(opening("wrong")).rejects.toThrow("does not open");
  await expect(opening("open")).rejects.toThrow("can be read by other users");
  await expect(opening("none")).rejects.toThrow("which LPR_KEY_PASSPHRASE_FILE names: no such file");
});

test("a key that is not encrypted needs no passphrase", async () => {
  const credentials = readCredentials({ cert: alice.combinedPath });
  expect(await openKey(credentials, {})).toBe(credentials.key);
});
