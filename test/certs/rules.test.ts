import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { tempDir } from "../helpers/temp-dir.ts";
import { fakeCommand, openssl, quickOpenssl, recipe, recipeOutput, shells } from "./recipe.ts";

const hosts = {
  valid: [
    "localhost",
    "web-1.example.com",
    "under_score.internal",
    "10.0.0.7",
    "::",
    "fe80::1",
    "1:2:3:4:5:6:7:8",
  ],
  invalid: [
    "",
    "a b",
    "a/b",
    "http://a",
    "a:80",
    "*.a",
    "a..b",
    ".a",
    "a.",
    "-a",
    "a-",
    "a.-b",
    "1.2.3",
    "1.2.3.4.5",
  ]
    .concat([
      "1.2.3.256",
      "01.2.3.4",
      ":::",
      "1::2::3",
      "1:2",
      ":1::",
      "12345::",
      "1:2:3:4:5:6:7:8:9",
      "fe80::1%eth0",
    ])
    .concat(["a\nDNS:b", "a,DNS:b", "$(id)", "a;b", `${"a".repeat(64)}.b`, `${"a.".repeat(127)}`]),
};

const tenants = {
  valid: ["alice", "a", "ci-runner_2", "alice@example.com", "007", "x".repeat(64)],
  invalid: [
    "",
    "a/b",
    "a b",
    "a,O=admin",
    "a+CN=b",
    "a=b",
    "..",
    ".a",
    "-",
    "_a",
    "a\nO=admin",
    "ä",
    "$HOME",
    "x".repeat(65),
  ],
};

for (const shell of shells) {
  describe.skipIf(!shell.installed)(`under ${shell.name}`, () => {
    // Every wrong word is refused in one go, and the right ones are not: nothing is made either way.
    test("wrong hosts are refused, each by itself, and right ones are not", async () => {
      using dir = tempDir();
      const words = ["issue-agent", "--dir", dir.join("pki"), "--", ...hosts.valid, ...hosts.invalid];
      const { exitCode, stderr } = await recipe(words, { shell: shell.command });
      expect(exitCode).toBe(2);
      const errors = stderr.split("\n").filter((line) => line.startsWith("error: "));
      const shown = (host: string) => host.replaceAll("\n", "?");
      expect(errors).toEqual(
        hosts.invalid.map(
          (host) =>
            `error: HOST must be a host name or an IP address, without scheme, port or wildcard, got '${shown(host)}'`,
        ),
      );
      expect(readdirSync(dir.path)).toEqual([]);
    });

    test.each(tenants.invalid)("the name %j is refused", async (name) => {
      using dir = tempDir();
      const words = ["issue", "--role", "user", "--dir", dir.join("pki"), "--", name];
      const { exitCode, stderr } = await recipe(words, { shell: shell.command });
      expect(exitCode).toBe(2);
      expect(stderr).toStartWith("error: NAME must be 1 to 64 letters, digits or . _ @ -");
      expect(readdirSync(dir.path)).toEqual([]);
    });

    test("all problems of a command line are reported at once, before anything is made", async () => {
      using dir = tempDir();
      const words = ["issue", "a/b", "--role=root", "--days", "0365", "--colour", "--dir", dir.join("pki")];
      const { exitCode, stdout, stderr } = await recipe(words, { shell: shell.command });
      expect({ exitCode, stdout, stderr: stderr.split("\n") }).toEqual({
        exitCode: 2,
        stdout: "",
        stderr: [
          "error: unknown option --colour",
          "error: NAME must be 1 to 64 letters, digits or . _ @ - and begin with a letter or digit, got 'a/b'",
          "error: --role must be user or admin, got 'root'",
          "error: --days must be a whole number from 1 to 3650, got '0365'",
          "hint: lpr-certs.sh issue --help",
          "",
        ],
      });
      expect(readdirSync(dir.path)).toEqual([]);
    });

    test("right names, and hosts of every kind, end up in the certificates as they were given", async () => {
      using dir = tempDir();
      const bin = dir.join("bin");
      await Bun.write(`${bin}/.keep`, "");
      quickOpenssl(bin);
      const options = ["--dir", dir.join("p k'i"), "--no-passphrase"];
      const how = { shell: shell.command, bin };
      await recipeOutput(["init", ...options], how);
      for (const name of tenants.valid) {
        await recipeOutput(["issue", "--role", "user", ...options, "--", name], how);
        const certificate = dir.join("p k'i", "clients", name, "client.pem");
        const subject = await openssl(
          "x509",
          "-in",
          certificate,
          "-noout",
          "-subject",
          "-nameopt",
          "RFC2253",
        );
        expect(subject).toBe(`subject=CN=${name},O=user\n`);
      }
      await recipeOutput(["issue-agent", ...hosts.valid, ...options], how);
      const certificate = dir.join("p k'i", "agents", "localhost", "agent.pem");
      const names = await openssl("x509", "-in", certificate, "-noout", "-ext", "subjectAltName");
      expect(names.split("\n")[1]?.trim()).toBe(
        "DNS:localhost, DNS:web-1.example.com, DNS:under_score.internal, IP Address:10.0.0.7, " +
          "IP Address:0:0:0:0:0:0:0:0, IP Address:FE80:0:0:0:0:0:0:1, IP Address:1:2:3:4:5:6:7:8",
      );
    });
  });
}

test.each([
  [[], "a command is missing"],
  [["reissue"], "unknown command 'reissue'"],
  [["revoke", "a b"], "NAME must be"],
  [["revoke", "a", "--days", "0"], "--days must be"],
  [["init", "--key-type", "rsa-1024"], "--key-type must be rsa-4096 or ecdsa-p256, got 'rsa-1024'"],
  [["issue"], "NAME is missing"],
  [["issue", "a", "b", "--role", "user"], "issue takes one NAME, got also 'b'"],
  [["issue", "a"], "--role is missing"],
  [["issue-agent"], "HOST is missing"],
  [["issue-agent", "a", "--role", "user"], "--role is for issue only"],
  [["issue-agent", `${"a".repeat(60)}.example.com`], "the first HOST names the certificate"],
  [["init", "extra"], "init takes no operands"],
  [["init", "--days"], "--days needs a value"],
  [["init", "--dir="], "--dir needs a value"],
  [["init", "--days", "3651"], "--days must be"],
  [["init", "--days", "1;id"], "--days must be"],
])("%j is a wrong command line", async (words, problem) => {
  const { exitCode, stderr } = await recipe(words);
  expect(stderr).toContain(`error: ${problem}`);
  expect(exitCode).toBe(2);
});

test.each([
  ["is missing", undefined, "openssl is not installed, or not in PATH"],
  ["is LibreSSL", "LibreSSL 3.3.6", "OpenSSL 1.1.1 or later is needed, but openssl is LibreSSL 3.3.6"],
  [
    "is too old",
    "OpenSSL 1.0.2k-fips  26 Jan 2017",
    "OpenSSL 1.1.1 or later is needed, but openssl is OpenSSL 1.0.2k",
  ],
])("an openssl that %s is a clear error that names the package", async (_, version, problem) => {
  using dir = tempDir();
  const bin = dir.join("bin");
  await Bun.write(`${bin}/.keep`, "");
  // Only what the recipe needs to get as far as that.
  for (const tool of ["id", "uname", "sed", "tr"]) fakeCommand(bin, tool, `exec ${Bun.which(tool)} "$@"`);
  if (version !== undefined) fakeCommand(bin, "openssl", `echo "${version}"`);
  const words = ["init", "--dir", dir.join("pki"), "--no-passphrase"];
  const { exitCode, stderr } = await recipe(words, {
    shell: [Bun.which("sh") ?? "/bin/sh"],
    env: { PATH: bin },
  });
  expect(stderr).toContain(`error: ${problem}`);
  expect(stderr).toContain("hint: install the package openssl (apt-get install openssl");
  expect(exitCode).toBe(1);
  expect(readdirSync(dir.path)).toEqual(["bin"]);
});
