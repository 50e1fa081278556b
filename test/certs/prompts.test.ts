import { expect, test } from "bun:test";
import { createPrivateKey } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { LPR } from "../helpers/binary.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";
import { quickOpenssl } from "./recipe.ts";

/** Runs `lpr certs` on a terminal of its own, typing an answer at each prompt. */
async function atTerminal(home: string, words: readonly string[], answers: readonly string[]) {
  let screen = "";
  const { promise: drained, resolve: onDrained } = Promise.withResolvers<void>();
  const child = Bun.spawn([LPR, "certs", ...words, "--dir", `${home}/pki`], {
    env: { PATH: `${home}/bin:${process.env["PATH"]}`, HOME: home, NO_COLOR: "1" },
    terminal: {
      data: (_, bytes) => {
        screen += new TextDecoder().decode(bytes);
      },
      exit: () => onDrained(),
    },
  });
  for (const [index, answer] of answers.entries()) {
    await until(() => screen.split(": ").length > index + 1, `prompt ${index + 1} is there`);
    child.terminal?.write(answer);
  }
  const exitCode = await child.exited;
  await drained;
  child.terminal?.close();
  return { exitCode, screen: screen.replaceAll("\r\n", "\n") };
}

function home() {
  const dir = tempDir();
  mkdirSync(dir.join("bin"));
  quickOpenssl(dir.join("bin"));
  return dir;
}

test("on a terminal each passphrase is asked for, a new one twice, and none is shown", async () => {
  using dir = home();
  const init = await atTerminal(dir.path, ["init"], ["for the authority\n", "for the authority\n"]);
  expect(init.exitCode).toBe(0);
  expect(init.screen).toStartWith(
    "New passphrase for the CA key (8 characters or more): \nThe same again: \nMaking a 4096-bit RSA key",
  );
  const issue = await atTerminal(
    dir.path,
    ["issue", "alice", "--role", "user"],
    ["for the authority\n", "for the client\n", "for the client\n"],
  );
  expect(issue.exitCode).toBe(0);
  expect(issue.screen).toStartWith("Passphrase of the CA key: \nNew passphrase for the key of alice");
  const key = readFileSync(dir.join("pki/clients/alice/client-key.pem"), "utf8");
  expect(createPrivateKey({ key, passphrase: "for the client" }).type).toBe("private");
});

test("what will not do is asked for again", async () => {
  using dir = home();
  const init = await atTerminal(
    dir.path,
    ["init"],
    ["short\n", "long enough\n", "long enouhg\n", "for the authority\n", "for the authority\n"],
  );
  expect(init.exitCode).toBe(0);
  expect(init.screen).toContain(
    "\n  the passphrase of the CA key needs 8 characters or more\nNew passphrase",
  );
  expect(init.screen).toContain("\n  the two passphrases differ\nNew passphrase");
  const issue = await atTerminal(
    dir.path,
    ["issue", "alice", "--role", "user", "--no-passphrase"],
    ["for the autority\n", "for the authority\n"],
  );
  expect(issue.exitCode).toBe(0);
  expect(issue.screen).toContain("\n  the CA key cannot be opened with this passphrase\nPassphrase of");
});

test("two different new passphrases are refused, the third time for good", async () => {
  using dir = home();
  const slip = ["long enough\n", "long enouhg\n"];
  const { exitCode, screen } = await atTerminal(dir.path, ["init"], [...slip, ...slip, ...slip]);
  expect(exitCode).toBe(1);
  expect(screen).toEndWith("lpr: the two passphrases differ\n");
  expect(existsSync(dir.join("pki"))).toBe(false);
});

test("Ctrl-C at a prompt ends it with exit code 130 and leaves nothing behind", async () => {
  using dir = home();
  const { exitCode } = await atTerminal(dir.path, ["init"], ["\u0003"]);
  expect(exitCode).toBe(130);
  expect(existsSync(dir.join("pki"))).toBe(false);
});
