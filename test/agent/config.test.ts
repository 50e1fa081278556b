import { expect, test } from "bun:test";
import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { type AgentSettings, loadConfig, type Surroundings } from "../../src/agent/config.ts";
import { digestOf } from "../../src/agent/tls/material.ts";
import { openOrThrow, readTexts } from "../../src/agent/tls/source.ts";
import { encryptKey, testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const certs = await testCerts();
chmodSync(certs.agent.keyPath, 0o600);
const files = { ca: certs.ca.certPath, cert: certs.agent.certPath, key: certs.agent.keyPath };
const nobody: Surroundings = { env: {}, isRoot: false };

async function problemsOf(settings: AgentSettings, around: Surroundings = nobody) {
  const { code, message, hint } = await errorOf(loadConfig(settings, around));
  expect(code).toBe("INVALID_INPUT");
  return { message, hint };
}

test("defaults are the documented ones", async () => {
  const asRoot = await loadConfig(files, { env: {}, isRoot: true });
  expect(asRoot).toMatchObject({
    listen: [{ host: "0.0.0.0", port: 50051 }],
    stateDir: "/var/lib/lpr",
    cgroup: { mode: "auto" },
    sharedAccount: false,
  });
  const env = { XDG_STATE_HOME: "/home/x/state" };
  expect((await loadConfig(files, { env, isRoot: false })).stateDir).toBe("/home/x/state/lpr");
});

test("certificates are found where lpr keeps them", async () => {
  using dir = tempDir();
  const around = { env: { XDG_CONFIG_HOME: dir.path }, isRoot: false };
  const before = await problemsOf({}, around);
  expect(before.message.match(/no such file/g)).toHaveLength(3);
  for (const name of ["ca.pem", "agent.pem", "agent-key.pem"]) {
    expect(before.message).toContain(dir.join("lpr/agent", name));
  }
  expect(before.hint).toContain("lpr certs init");
  expect(before.hint).toContain("lpr certs issue-agent");

  Bun.spawnSync(["mkdir", "-p", dir.join("lpr/agent")]);
  copyFileSync(files.ca, dir.join("lpr/agent/ca.pem"));
  copyFileSync(files.cert, dir.join("lpr/agent/agent.pem"));
  copyFileSync(files.key, dir.join("lpr/agent/agent-key.pem"));
  expect((await loadConfig({}, around)).tls.initial.certificate.validToDate.getUTCFullYear()).toBe(2099);
});

test("a revocation list beside the CA is found, wherever that is", async () => {
  using dir = tempDir();
  const ca = dir.join("ca.pem");
  copyFileSync(files.ca, ca);
  await loadConfig({ ...files, ca }, nobody);
  writeFileSync(dir.join("crl.pem"), "no list");
  const { message } = await problemsOf({ ...files, ca });
  expect(message).toContain(`revocation list ${dir.join("crl.pem")} is not`);
});

test("every problem is told at once", async () => {
  const { message } = await problemsOf({
    listen: "localhost",
    ca: certs.agent.keyPath,
    cert: "/no/such/cert",
    key: files.key,
    crl: files.ca,
  });
  for (const part of [
    "--listen",
    "is not a PEM text",
    "--cert /no/such/cert: no such file",
    `revocation list ${files.ca} is not`,
  ]) {
    expect(message).toContain(part);
  }
});

test.each([
  ["127.0.0.1:0", { host: "127.0.0.1", port: 0 }],
  ["[::]:65535", { host: "[::]", port: 65_535 }],
  ["box.example:443", { host: "box.example", port: 443 }],
])("--listen %s is understood", async (listen, expected) => {
  expect((await loadConfig({ ...files, listen }, nobody)).listen).toEqual([expected]);
});

test.each(["", ":50051", "host", "host:", "host:65536", "::1:50051", "http://host:1", "a b:1x"])(
  "--listen %j is refused",
  async (listen) => {
    expect((await problemsOf({ ...files, listen })).message).toContain("--listen must be HOST:PORT");
  },
);

test("a key that others can read is refused, with the command that helps", async () => {
  using dir = tempDir();
  const key = dir.join("key.pem");
  copyFileSync(files.key, key);
  for (const mode of [0o640, 0o604]) {
    chmodSync(key, mode);
    expect((await problemsOf({ ...files, key })).message).toContain(`chmod 600 ${key}`);
  }
  chmodSync(key, 0o400);
  await loadConfig({ ...files, key }, nobody);
});

test("an encrypted key is opened by passphrase file, variable or question", async () => {
  using dir = tempDir();
  const key = dir.join("key.pem");
  writeFileSync(key, encryptKey(certs.agent.key, "s3cret"), { mode: 0o600 });
  const right = dir.join("right");
  writeFileSync(right, "s3cret\nnot this line\n", { mode: 0o600 });
  const wrong = dir.join("wrong");
  writeFileSync(wrong, "other", { mode: 0o600 });

  const settings = { ...files, key };
  const opened = [
    await loadConfig({ ...settings, keyPassphraseFile: right }, nobody),
    await loadConfig(settings, { env: { LPR_KEY_PASSPHRASE_FILE: right }, isRoot: false }),
    await loadConfig(settings, { ...nobody, askPassphrase: async () => "s3cret" }),
  ];
  for (const { tls } of opened) expect(tls.initial.pem.key).toStartWith("-----BEGIN PRIVATE KEY-----");

  expect((await problemsOf(settings)).message).toContain("--key-passphrase-file, LPR_KEY_PASSPHRASE_FILE or");
  expect((await problemsOf({ ...settings, keyPassphraseFile: wrong })).message).toContain(
    "the passphrase is wrong, or the key is damaged",
  );
  chmodSync(right, 0o644);
  expect((await problemsOf({ ...settings, keyPassphraseFile: right })).message).toContain("chmod 600");
});

test("a passphrase may stand in the environment, or be a credential of systemd", async () => {
  using dir = tempDir();
  const key = dir.join("key.pem");
  writeFileSync(key, encryptKey(certs.agent.key, "s3cret"), { mode: 0o600 });
  // systemd shows the group an ACL has let in.
  writeFileSync(dir.join("key-passphrase"), "s3cret\n", { mode: 0o440 });
  const opens = async (env: Surroundings["env"]) => {
    const { tls } = await loadConfig({ ...files, key }, { env, isRoot: false });
    return tls.initial.pem.key.startsWith("-----BEGIN PRIVATE KEY-----");
  };
  expect(await opens({ LPR_KEY_PASSPHRASE: "s3cret" })).toBe(true);
  expect(await opens({ CREDENTIALS_DIRECTORY: dir.path })).toBe(true);
  expect(await opens({ LPR_KEY_PASSPHRASE: "s3cret", CREDENTIALS_DIRECTORY: "/none" })).toBe(true);
  const wrong = { env: { LPR_KEY_PASSPHRASE: "other", CREDENTIALS_DIRECTORY: dir.path }, isRoot: false };
  expect((await problemsOf({ ...files, key }, wrong)).message).toContain("the passphrase is wrong");
});

test("a key that was opened by a person is opened again when the files are renewed, without a person", async () => {
  using dir = tempDir();
  const key = dir.join("key.pem");
  writeFileSync(key, encryptKey(certs.agent.key, "s3cret"), { mode: 0o600 });
  let asked = 0;
  const askPassphrase = async () => {
    asked++;
    return "s3cret";
  };
  const { tls } = await loadConfig({ ...files, key }, { ...nobody, askPassphrase });
  const { source, initial } = tls;
  const texts = readTexts(source, []);
  expect(digestOf(texts)).toBe(initial.digest);
  expect((await openOrThrow(texts, source)).pem.key).toBe(initial.pem.key);
  expect(asked).toBe(1);
});

test.each([
  ["expired agent", "expired on 2020-02-01"],
  ["agent that is a client", "lacks the extended key usage serverAuth"],
] as const)("the certificate of an %s is refused", async (kind, message) => {
  const { certPath: cert, keyPath: key } = await certs.odd(kind);
  chmodSync(key, 0o600);
  expect((await problemsOf({ ca: files.ca, cert, key })).message).toContain(message);
});

test("a key that belongs to another certificate is refused", async () => {
  const { keyPath: key } = await certs.client();
  chmodSync(key, 0o600);
  expect((await problemsOf({ ...files, key })).message).toContain(
    "the private key does not belong to the certificate of localhost",
  );
});

test("several addresses stand between commas, and each that is wrong is told", async () => {
  const listen = "127.0.0.1:1, [::1]:2";
  expect((await loadConfig({ ...files, listen }, nobody)).listen).toEqual([
    { host: "127.0.0.1", port: 1 },
    { host: "[::1]", port: 2 },
  ]);
  const { message } = await problemsOf({ ...files, listen: "127.0.0.1:1,nowhere,host:x" });
  expect(message).toContain('got "nowhere"');
  expect(message).toContain('got "host:x"');
});
