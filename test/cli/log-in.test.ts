import { afterAll, beforeAll, expect, test } from "bun:test";
import { createPrivateKey } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { logIn } from "../../src/cli/log-in.ts";
import type { LogInInput } from "../../src/cli/log-in-input.ts";
import { loginsPath, readLogins } from "../../src/client/logins.ts";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { type TestCertificate, type TestCerts, testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";

let agent: TestAgent;
let certs: TestCerts;
let alice: TestCertificate;
beforeAll(async () => {
  agent = await startAgent();
  certs = await testCerts();
  alice = await certs.client();
});
afterAll(() => agent[Symbol.asyncDispose]());

const nothing: LogInInput = {
  address: undefined,
  cacert: undefined,
  cert: undefined,
  key: undefined,
  name: undefined,
  storeKey: false,
  interactive: false,
};

function encryptedKey(path: string): string {
  const options = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "s3cret" } as const;
  writeFileSync(path, createPrivateKey(alice.key).export(options), { mode: 0o600 });
  return path;
}

test("a combined file and an address behind http:// are enough", async () => {
  using dir = tempDir();
  const env = { XDG_CONFIG_HOME: dir.path };
  const input = { ...nothing, address: `http://${agent.address}`, cert: alice.combinedPath };
  const { login, info } = await logIn(input, env);
  expect(info).toMatchObject({ tenant: "alice", role: "user" });
  expect(await readLogins(loginsPath(env))).toEqual({ current: agent.address, logins: [login] });
  expect(login).toEqual({
    ...{ name: agent.address, address: agent.address },
    ...{ cacert: alice.combinedPath, cert: alice.combinedPath, key: alice.combinedPath },
  });
});

test("LPR_* variables stand in for what is not given", async () => {
  using dir = tempDir();
  const env = {
    ...{ XDG_CONFIG_HOME: dir.path, LPR_ADDRESS: agent.address },
    ...{ LPR_CACERT: certs.ca.certPath, LPR_CERT: alice.certPath, LPR_KEY: alice.keyPath },
  };
  const { login } = await logIn({ ...nothing, name: "here" }, env);
  expect(login).toMatchObject({ name: "here", cacert: certs.ca.certPath, key: alice.keyPath });
});

test("everything that is missing is named when nobody can be asked", async () => {
  using dir = tempDir();
  await expect(logIn(nothing, { XDG_CONFIG_HOME: dir.path })).rejects.toMatchObject({
    problems: [expect.stringContaining("ADDRESS is missing"), expect.stringContaining("--cert is missing")],
  });
});

test("a login that does not work is not saved", async () => {
  using dir = tempDir();
  const env = { XDG_CONFIG_HOME: dir.path };
  const stranger = await certs.odd("client of another CA");
  const input = { ...nothing, address: agent.address, cert: stranger.certPath, key: stranger.keyPath };
  await expect(logIn({ ...input, cacert: certs.ca.certPath }, env)).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
  expect(existsSync(loginsPath(env))).toBe(false);
});

test("a key that belongs to another certificate is told before the agent is called", async () => {
  using dir = tempDir();
  const bob = await certs.client({ tenant: "bob" });
  const input = {
    ...nothing,
    address: "nowhere.invalid",
    cacert: certs.ca.certPath,
    cert: alice.certPath,
    key: bob.keyPath,
  };
  await expect(logIn(input, { XDG_CONFIG_HOME: dir.path })).rejects.toThrow(
    "is not the one of the certificate",
  );
});

test("a name that another address has is not taken over", async () => {
  using dir = tempDir();
  const env = { XDG_CONFIG_HOME: dir.path };
  await logIn({ ...nothing, address: agent.address, cert: alice.combinedPath, name: "prod" }, env);
  const other = { ...nothing, address: "nowhere.invalid", cert: alice.combinedPath, name: "prod" };
  await expect(logIn(other, env)).rejects.toThrow(`--name prod is the login to ${agent.address} already`);
});

test("--store-key keeps a decrypted copy that only its owner can read, until the next login without it", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("pass"), "s3cret\n", { mode: 0o600 });
  const env = { XDG_CONFIG_HOME: dir.path, LPR_KEY_PASSPHRASE_FILE: dir.join("pass") };
  const input = { ...nothing, address: agent.address, cacert: certs.ca.certPath, cert: alice.certPath };
  const key = encryptedKey(dir.join("key.pem"));

  const { login: stored } = await logIn({ ...input, key, storeKey: true }, env);
  expect(stored.key).toStartWith(dir.join("lpr", "keys/"));
  expect(statSync(stored.key).mode & 0o777).toBe(0o600);
  expect(readFileSync(stored.key, "utf8")).not.toContain("ENCRYPTED");

  const { login: again } = await logIn({ ...input, key }, env);
  expect(again.key).toBe(key);
  expect(existsSync(stored.key)).toBe(false);
  expect(existsSync(key)).toBe(true);
});

test("an encrypted key without passphrase says how to give one", async () => {
  using dir = tempDir();
  const key = encryptedKey(dir.join("key.pem"));
  const input = { ...nothing, address: agent.address, cacert: certs.ca.certPath, cert: alice.certPath, key };
  await expect(logIn(input, { XDG_CONFIG_HOME: dir.path })).rejects.toMatchObject({
    hint: expect.stringContaining("LPR_KEY_PASSPHRASE_FILE"),
  });
});
