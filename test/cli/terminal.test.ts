import { afterAll, beforeAll, expect, test } from "bun:test";
import { createPrivateKey } from "node:crypto";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { type TestCertificate, type TestCerts, testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";
import { atTerminal, atTerminalOf } from "./at-terminal.ts";

let agent: TestAgent;
let certs: TestCerts;
let alice: TestCertificate;
beforeAll(async () => {
  agent = await startAgent();
  certs = await testCerts();
  alice = await certs.client();
});
afterAll(() => agent[Symbol.asyncDispose]());

function encryptedKey(path: string): string {
  const options = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "s3cret" } as const;
  writeFileSync(path, createPrivateKey(alice.key).export(options), { mode: 0o600 });
  return path;
}

test("login asks for what was not given, and a wrong passphrase again; no passphrase is ever shown", async () => {
  using dir = tempDir();
  const login = atTerminal(dir.path, "auth", "login", "--store-key");
  await login.answer("Address of the agent", `http://${agent.address}\r`);
  await login.answer("File with your certificate", `${alice.certPath}\r`);
  await login.answer("File with your private key", `${encryptedKey(dir.join("key.pem"))}\r`);
  await login.answer("File with the agent's CA certificate", `${certs.ca.certPath}\r`);
  await login.answer("Passphrase of", "wr0ng\r");
  await login.answer("that is not its passphrase", "");
  await login.answer("Passphrase of", "s3cret\r");
  await login.answer("Keep a decrypted copy", "y\r");
  expect(await login.exitCode()).toBe(0);
  expect(login.screen()).toContain(`logged in to ${agent.address} as alice (role user)`);
  expect(login.screen()).not.toContain("s3cret");
  expect(login.screen()).not.toContain("wr0ng");
  expect(readdirSync(dir.join("lpr", "keys"))).toHaveLength(1);
});

test("each answer is checked at once, and asked for again when it will not do", async () => {
  using dir = tempDir();
  const bob = await certs.client({ tenant: "bob" });
  const [open, otherCa] = [dir.join("open.pem"), dir.join("other-ca.pem")];
  writeFileSync(otherCa, (await certs.odd("agent of another CA")).cert);
  writeFileSync(open, alice.key, { mode: 0o644 });
  const login = atTerminal(dir.path, "auth", "login");
  const address = "Address of the agent";
  await login.answer(address, "http://\r");
  await login.answer("is no agent address: it names no host", "");
  await login.answer(address, "localhost:1\r");
  await login.answer("no agent listens at localhost:1", "");
  await login.answer(address, `${agent.address}\r`);
  await login.answer("File with your certificate", "/nowhere.pem\r");
  await login.answer("cannot read /nowhere.pem: no such file", "");
  await login.answer("File with your certificate", `${certs.ca.certPath}\r`);
  await login.answer("holds no client certificate", "");
  await login.answer("File with your certificate", `${alice.certPath}\r`);
  await login.answer("File with your private key", `${open}\r`);
  await login.answer("can be read by other users", "");
  await login.answer(`chmod 600 ${open}`, "");
  await login.answer("File with your private key", `${bob.keyPath}\r`);
  await login.answer("is not the one of the certificate in", "");
  await login.answer("File with your private key", `${alice.keyPath}\r`);
  await login.answer("File with the agent's CA certificate", `${open}\r`);
  await login.answer("holds no certificate", "");
  await login.answer("File with the agent's CA certificate", "\r");
  await login.answer("an answer is needed", "");
  await login.answer("File with the agent's CA certificate", `${otherCa}\r`);
  await login.answer(
    `the agent at ${agent.address} has a certificate of another CA than that in ${otherCa}`,
    "",
  );
  await login.answer("File with the agent's CA certificate", `${certs.ca.certPath}\r`);
  expect(await login.exitCode()).toBe(0);
  expect(login.screen()).toContain(`logged in to ${agent.address} as alice (role user)`);
});

test("a Tab completes the path of a file that is asked for, and is no part of any answer", async () => {
  using dir = tempDir();
  mkdirSync(dir.join("clients"));
  symlinkSync(alice.combinedPath, dir.join("clients/alice.pem"));
  writeFileSync(dir.join("clients/.hidden"), "");
  const login = atTerminal(dir.path, "auth", "login");
  await login.answer("Address of the agent", `${agent.address}\t\r`);
  await login.answer("File with your certificate", `${dir.path}/cl\t`);
  await login.answer(`${dir.path}/clients/`, "\t");
  await login.answer("alice.pem", "\r");
  expect(await login.exitCode()).toBe(0);
  expect(login.screen()).toContain(`logged in to ${agent.address} as alice (role user)`);
}, 30_000);

test("use and logout let one choose by number or name", async () => {
  using dir = tempDir();
  const port = agent.address.split(":")[1];
  for (const [name, host] of [
    ["one", "localhost"],
    ["two", "127.0.0.1"],
  ] as const) {
    const login = atTerminal(
      dir.path,
      ...["auth", "login", `${host}:${port}`, "--cert", alice.combinedPath, "--name", name],
    );
    expect(await login.exitCode()).toBe(0);
  }
  const use = atTerminal(dir.path, "auth", "use");
  await use.answer("Number or name", "nonsense\r");
  await use.answer("answer 1 to 2, or one of the names", "");
  await use.answer("Number or name", "1\r");
  expect(await use.exitCode()).toBe(0);
  expect(use.screen()).toContain(`commands now talk to localhost:${port}`);

  const logout = atTerminal(dir.path, "auth", "logout");
  await logout.answer("Number or name", "two\r");
  expect(await logout.exitCode()).toBe(0);
  expect(logout.screen()).toContain(`logged out of 127.0.0.1:${port}`);
});

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-D", "\u0004"],
])("%s at a question ends with 130 and changes nothing", async (_, key) => {
  using dir = tempDir();
  const login = atTerminal(dir.path, "auth", "login", agent.address);
  await login.answer("File with your certificate", key);
  expect(await login.exitCode()).toBe(130);
  expect(login.screen()).toContain("nothing was changed");
  expect(readdirSync(dir.path)).toEqual([]);
});

test("the terminal does not echo while a passphrase is asked for, and does again after Ctrl-C", async () => {
  using dir = tempDir();
  const files = [
    "--cacert",
    certs.ca.certPath,
    "--cert",
    alice.certPath,
    "--key",
    encryptedKey(dir.join("key.pem")),
  ];
  const login = atTerminal(dir.path, "auth", "login", agent.address, ...files);
  await login.answer("Passphrase of", "");
  expect(login.echoes()).toBe(false);
  await login.answer("", "\u0003");
  await until(() => login.echoes(), "the terminal echoes again");
  expect(await login.exitCode()).toBe(130);
});

test("stats are drawn again in the same place, of one job until it ends, and Ctrl-C ends them with 130", async () => {
  using dir = tempDir();
  using client = await agent.client();
  await client.run({ name: "drawn", command: "sleep", args: ["100"] });
  const admin = await certs.client({ tenant: "root", role: "admin" });
  const who = ["--address", agent.address, "--cert", admin.combinedPath, "--interval", "100ms"];
  const all = atTerminal(dir.path, "job", "stats", ...who);
  const one = atTerminal(dir.path, "job", "stats", "drawn", ...who);
  await all.answer("drawn", "");
  // Up by the two lines there are, and over them.
  await all.answer("\u001b[2FNAME", "\u0003");
  expect(await all.exitCode()).toBe(130);
  await one.answer("FName:", "");
  await client.stop({ name: "drawn", gracePeriodMs: 0 });
  expect(await one.exitCode()).toBe(0);
  expect(one.screen()).toContain("job drawn has ended");
}, 30_000);

test("at a terminal that obeys no control sequences stats come one after the other", async () => {
  using dir = tempDir();
  using client = await agent.client();
  await client.run({ name: "plain", command: "sleep", args: ["100"] });
  const admin = await certs.client({ tenant: "root", role: "admin" });
  const who = ["--address", agent.address, "--cert", admin.combinedPath, "--interval", "100ms"];
  const stats = atTerminalOf("dumb", dir.path, "job", "stats", ...who);
  await stats.answer("plain", "");
  await stats.answer("\r\n\r\nNAME", "\u0003");
  expect(await stats.exitCode()).toBe(130);
  expect(stats.screen()).not.toContain("\u001b");
}, 30_000);
