import { expect, test } from "bun:test";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { LPR, outcomeOf } from "../helpers/binary.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { quickOpenssl } from "./recipe.ts";

function place() {
  const dir = tempDir();
  const bin = dir.join("bin");
  mkdirSync(bin);
  quickOpenssl(bin);
  const env = { PATH: `${bin}:${process.env["PATH"]}`, HOME: dir.path };
  const pki = dir.join("pki");
  return {
    pki,
    lpr: (...words: string[]) => outcomeOf([LPR, "certs", ...words, "--dir", pki], { env, cwd: dir.path }),
    join: dir.join,
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

test("lpr certs makes everything with the recipe it carries, from any directory", async () => {
  using p = place();
  writeFileSync(p.join("passphrase"), "long enough\n", { mode: 0o600 });
  const secret = ["--passphrase-file", p.join("passphrase")];

  const init = await p.lpr("init", ...secret);
  expect(init.exitCode).toBe(0);
  expect(init.stdout).toContain(`\n  lpr certs issue-agent localhost --dir ${p.pki} `);
  expect(init.stderr).toBe("Making a 4096-bit RSA key, which takes some seconds ...\n");
  expect((await p.lpr("issue-agent", "localhost", "::1", "--no-passphrase", ...secret)).exitCode).toBe(0);
  const issue = await p.lpr("issue", "alice", "--role", "user", "--days", "7", ...secret);
  expect(issue.stdout).toContain(
    `lpr auth login localhost --client-cert ${p.pki}/clients/alice/alice-login.pem\n`,
  );

  const shown = await p.lpr("show", "-o", "json");
  expect(JSON.parse(shown.stdout)).toMatchObject([
    { kind: "authority", key: "encrypted", issuedByAuthority: true },
    { kind: "agent", key: "unencrypted", hosts: ["localhost", "0:0:0:0:0:0:0:1"], issuedByAuthority: true },
    { kind: "client", key: "encrypted", tenant: "alice", role: "user", daysLeft: 6, issuedByAuthority: true },
  ]);

  await p.lpr("issue", "alice", "--role", "admin", "--force", "--no-passphrase", ...secret);
  const again = JSON.parse((await p.lpr("show", "-o", "json")).stdout);
  expect(again).toHaveLength(3);
  expect(again[2]).toMatchObject({ role: "admin", key: "unencrypted" });
});

test("what the recipe refuses is reported as every wrong command line is, with exit code 2", async () => {
  using p = place();
  const { exitCode, stdout, stderr } = await p.lpr("issue", "a/b", "--role", "root", "--days", "0");
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 2,
    stdout: "",
    stderr:
      "lpr: NAME must be 1 to 64 letters, digits or . _ @ - and begin with a letter or digit, got 'a/b'\n" +
      "lpr: --role must be user or admin, got 'root'\n" +
      "lpr: --days must be a whole number from 1 to 3650, got '0'\n" +
      "hint: lpr certs issue --help\n",
  });
});

test("what the recipe cannot do is one error with its hint, and exit code 1", async () => {
  using p = place();
  const { exitCode, stdout, stderr } = await p.lpr("issue", "alice", "--role", "user");
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 1,
    stdout: "",
    stderr:
      `lpr: there is no certificate authority in ${p.pki}: ca.pem is missing\n` +
      `hint: make one: lpr certs init --dir ${p.pki}\n`,
  });
  expect(readdirSync(p.join(""))).toEqual(["bin"]);
});

test("show without any certificates says how to make some", async () => {
  using p = place();
  const { exitCode, stderr } = await p.lpr("show");
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    `lpr: there are no certificates in ${p.pki}\n` +
      "hint: make some with lpr certs init, or name a FILE or another --dir\n",
  );
});
