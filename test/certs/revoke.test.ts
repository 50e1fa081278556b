import { describe, expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { readInfos } from "../../src/cli/certs/read.ts";
import { renderCertificates } from "../../src/cli/certs/render.ts";
import { connect } from "../../src/client/index.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { fakeCommand, openssl, quickOpenssl, recipe, recipeOutput, shells } from "./recipe.ts";

/** A CA with clients of these names, each of role admin. */
async function pkiWith(names: readonly string[], shell: readonly string[] = ["/bin/sh"]) {
  const dir = tempDir();
  const bin = dir.join("bin");
  mkdirSync(bin);
  quickOpenssl(bin);
  const pki = dir.join("p k'i");
  const how = { bin, shell };
  const words = ["--dir", pki, "--no-passphrase"];
  await recipeOutput(["init", ...words], how);
  for (const name of names) await recipeOutput(["issue", name, "--role", "admin", ...words], how);
  return {
    ...{ pki, how, words, join: dir.join, crl: `${pki}/ca/crl.pem` },
    client: (name: string) => `${pki}/clients/${name}/client.pem`,
    revoke: (...operands: string[]) => recipe(["revoke", "--dir", pki, "--", ...operands], how),
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

/** Serial numbers on a list that openssl has verified. */
async function revokedBy(crl: string, ca: string): Promise<string[]> {
  await openssl("crl", "-in", crl, "-CAfile", ca, "-noout");
  const text = await openssl("crl", "-in", crl, "-noout", "-text");
  return [...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial as string).sort();
}

const serialOf = (file: string) => new X509Certificate(readFileSync(file)).serialNumber;

for (const shell of shells) {
  describe.skipIf(!shell.installed)(`under ${shell.name}`, () => {
    test("revoking makes a list of the CA, and each further one adds to it", async () => {
      using p = await pkiWith(["alice", "bob", "carol"], shell.command);
      const first = await p.revoke("alice");
      expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(p.crl) });
      expect(await revokedBy(p.crl, `${p.pki}/ca/ca.pem`)).toEqual([serialOf(p.client("alice"))]);
      expect((await p.revoke("bob", "alice")).stderr).toContain(`Revoked before: ${p.client("alice")}`);
      const both = [serialOf(p.client("alice")), serialOf(p.client("bob"))].sort();
      expect(await revokedBy(p.crl, `${p.pki}/ca/ca.pem`)).toEqual(both);
      expect(statSync(p.crl).mode & 0o777).toBe(0o600);
      expect(readdirSync(`${p.pki}/ca`).sort()).toEqual([
        "ca-key.pem",
        "ca.pem",
        "crl.pem",
        "crlnumber",
        "index.txt",
      ]);
    });
  });
}

test("a name stands for all certificates of that tenant, a file for one", async () => {
  using p = await pkiWith(["alice", "alice.old-2"]);
  await recipeOutput(["issue", "alice", "--role", "user", "--force", ...p.words], p.how);
  const old = readdirSync(`${p.pki}/clients`).find((name) => /^alice\.old-\d{14}$/.test(name)) ?? "";
  await p.revoke(p.client(old));
  expect(await revokedBy(p.crl, `${p.pki}/ca/ca.pem`)).toEqual([serialOf(p.client(old))]);
  await p.revoke("alice");
  const hers = [serialOf(p.client(old)), serialOf(p.client("alice"))].sort();
  expect(await revokedBy(p.crl, `${p.pki}/ca/ca.pem`)).toEqual(hers);
});

test("certs show tells what has been revoked", async () => {
  using p = await pkiWith(["alice", "bob"]);
  await p.revoke("alice");
  const infos = readInfos({ dir: p.pki, files: [], now: new Date() });
  expect(infos.map(({ tenant, revoked }) => [tenant, revoked])).toEqual([
    [undefined, undefined],
    ["alice", true],
    ["bob", undefined],
  ]);
  expect(renderCertificates(infos).match(/REVOKED/g)).toHaveLength(1);
});

test("without a name the list is made again, with a later date", async () => {
  using p = await pkiWith(["alice"]);
  await p.revoke("alice");
  const numberOf = async () => (await openssl("crl", "-in", p.crl, "-noout", "-crlnumber")).trim();
  const before = await numberOf();
  expect((await p.revoke()).exitCode).toBe(0);
  expect(await numberOf()).not.toBe(before);
  expect(await revokedBy(p.crl, `${p.pki}/ca/ca.pem`)).toEqual([serialOf(p.client("alice"))]);
});

test("who was never issued a certificate, and what another CA has issued, is refused and changes nothing", async () => {
  using p = await pkiWith(["alice"]);
  using other = await pkiWith(["mallory"]);
  await p.revoke("alice");
  const before = readFileSync(`${p.pki}/ca/index.txt`, "utf8") + readFileSync(p.crl, "utf8");
  writeFileSync(p.join("text.pem"), "no certificate");
  for (const [operand, message] of [
    ["nobody", "there is no certificate for nobody in"],
    ["./none.pem", "there is no certificate ./none.pem"],
    [p.join("text.pem"), "holds no certificate"],
    [other.client("mallory"), "was not issued by the certificate authority in"],
  ] as const) {
    const { exitCode, stderr } = await p.revoke(operand);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(1);
  }
  expect(readFileSync(`${p.pki}/ca/index.txt`, "utf8") + readFileSync(p.crl, "utf8")).toBe(before);
});

test.each(["ca -revoke", "ca -gencrl", "crl"])(
  "a failing openssl %s leaves everything as it was",
  async (step) => {
    using p = await pkiWith(["alice", "bob"]);
    await p.revoke("alice");
    const before = readdirSync(`${p.pki}/ca`).map((name) => readFileSync(`${p.pki}/ca/${name}`, "utf8"));
    const [command, word = ""] = step.split(" ");
    quickOpenssl(p.how.bin, `case "$1 $*" in ${command}*${word}*) echo no >&2; exit 1 ;; esac`);
    const { exitCode, stderr } = await p.revoke("bob");
    expect(stderr).toContain("openssl: no");
    expect(exitCode).toBe(1);
    expect(readdirSync(`${p.pki}/ca`).map((name) => readFileSync(`${p.pki}/ca/${name}`, "utf8"))).toEqual(
      before,
    );
  },
);

test("two at the same time do not lose what the other has revoked", async () => {
  using p = await pkiWith(["alice"]);
  mkdirSync(`${p.pki}/ca/.lock`);
  const { exitCode, stderr } = await p.revoke("alice");
  expect(stderr).toContain("somebody else is revoking certificates at this moment");
  expect(stderr).toContain("hint: if that is not so: rmdir");
  expect(exitCode).toBe(1);
  expect(readdirSync(`${p.pki}/ca`)).toContain(".lock");
});

test("the agent of this machine gets the list when it has this CA, and no list of somebody else", async () => {
  using dir = tempDir();
  const bin = dir.join("bin");
  mkdirSync(bin);
  quickOpenssl(bin);
  fakeCommand(bin, "id", "echo 1000");
  const how = { bin, env: { XDG_CONFIG_HOME: dir.join("config") } };
  const agent = dir.join("config/lpr/agent");
  await recipeOutput(["init", "--no-passphrase"], how);
  await recipeOutput(["issue", "alice", "--role", "user", "--no-passphrase"], how);
  await recipeOutput(["revoke", "alice"], how);
  expect(readdirSync(dir.join("config/lpr"))).toEqual(["certs"]);
  await recipeOutput(["issue-agent", "localhost", "--no-passphrase"], how);
  expect(await recipeOutput(["revoke"], how)).toContain(`Installed in ${agent}`);
  const list = () => readFileSync(`${agent}/crl.pem`, "utf8");
  expect(list()).toBe(readFileSync(dir.join("config/lpr/certs/ca/crl.pem"), "utf8"));
  await recipeOutput(["revoke"], how);
  writeFileSync(`${agent}/crl.pem`, "lists of two CAs");
  const { stderr } = await recipe(["revoke"], how);
  expect(stderr).toContain(`Not installed: ${agent}/crl.pem is not the list of this CA from before`);
  expect(list()).toBe("lists of two CAs");
  await recipeOutput(["revoke", "--force"], how);
  expect(list()).toContain("BEGIN X509 CRL");
});

test("a client that the recipe has revoked loses its calls while the agent runs", async () => {
  using p = await pkiWith(["alice", "bob"]);
  await recipeOutput(["issue-agent", "localhost", ...p.words], p.how);
  const read = (file: string) => readFileSync(`${p.pki}/${file}`, "utf8");
  const ca = read("ca/ca.pem");
  const certificate = {
    cert: read("agents/localhost/agent.pem"),
    key: read("agents/localhost/agent-key.pem"),
  };
  await using agent = await startAgent({ ca, certificate });
  const clientOf = (name: string) =>
    connect({
      ...{ address: agent.address, ca },
      ...{ cert: read(`clients/${name}/client.pem`), key: read(`clients/${name}/client-key.pem`) },
    });
  const [alice, bob] = [clientOf("alice"), clientOf("bob")];
  await alice.run({ name: "foo", command: "/bin/sleep", args: ["600"] });
  const waited = errorOf(alice.wait({ name: "foo" }));
  await p.revoke("alice");
  copyFileSync(p.crl, agent.files.crl);
  expect((await waited).message).toBe("the client certificate has been revoked");
  expect((await bob.info()).warnings).toEqual([]);
  alice.close();
  bob.close();
});

test("ECDSA keys are made when asked for, encrypted as the others", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("passphrase"), "long enough\n", { mode: 0o600 });
  const words = [
    "--dir",
    dir.join("pki"),
    "--key-type",
    "ecdsa-p256",
    "--passphrase-file",
    dir.join("passphrase"),
  ];
  await recipeOutput(["init", ...words]);
  await recipeOutput(["issue", "alice", "--role", "user", ...words]);
  for (const file of ["ca/ca", "clients/alice/client"]) {
    expect(await openssl("x509", "-in", dir.join(`pki/${file}.pem`), "-noout", "-text")).toContain(
      "ASN1 OID: prime256v1",
    );
    expect(readFileSync(dir.join(`pki/${file}-key.pem`), "utf8")).toStartWith(
      "-----BEGIN ENCRYPTED PRIVATE KEY-----",
    );
  }
});

test("agents that are served from where their certificates were made get the list beside their copy of the CA", async () => {
  using p = await pkiWith(["alice"]);
  await recipeOutput(["issue-agent", "early.example.com", ...p.words], p.how);
  expect(existsSync(`${p.pki}/agents/early.example.com/crl.pem`)).toBe(false);
  expect((await p.revoke("alice")).stdout).toContain(`${p.pki}/agents/early.example.com/crl.pem\n`);
  await recipeOutput(["issue-agent", "late.example.com", ...p.words], p.how);
  for (const host of ["early.example.com", "late.example.com"]) {
    expect(readFileSync(`${p.pki}/agents/${host}/crl.pem`, "utf8")).toBe(readFileSync(p.crl, "utf8"));
  }
});
