import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { LPR, outcomeOf } from "../helpers/binary.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const config = (...words: string[]) => outcomeOf([LPR, "agent", "config", ...words]);

test("the default configuration is printed, and has no problem", async () => {
  using dir = tempDir();
  const { stdout, exitCode } = await config("default");
  expect(exitCode).toBe(0);
  writeFileSync(dir.join("agent.yaml"), stdout);
  expect(await config("check", dir.join("agent.yaml"))).toEqual({
    exitCode: 0,
    stdout: `${dir.join("agent.yaml")}: no problem found\n`,
    stderr: "",
  });
});

test("unknown keys and values of the wrong kind are told together, by line", async () => {
  using dir = tempDir();
  const file = dir.join("agent.yaml");
  writeFileSync(file, "listn: 0.0.0.0:1\nretention: {failed: 30x}\ncgroups: maybe\n");
  const { exitCode, stdout, stderr } = await config("check", file);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(`${file}:1: unknown key "listn"; did you mean listen?`);
  expect(stderr).toContain(`${file}:2: retention.failed `);
  expect(stderr).toContain(`${file}:3: cgroups must be auto or required or off, got "maybe"`);
});

test("values that no agent would start with are told although each is of the right kind", async () => {
  using dir = tempDir();
  const file = dir.join("agent.yaml");
  writeFileSync(file, "listen: nowhere\ntenant-uids: {first: 9, last: 3}\n");
  const { exitCode, stderr } = await config("check", file);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--listen must be HOST:PORT with a port of 0 to 65535, got "nowhere"');
  expect(stderr).toContain("tenantUids must be a range of uids above 0");
});

test.each([
  [
    ["check", "/nonexistent/agent.yaml"],
    2,
    "cannot read the agent's configuration /nonexistent/agent.yaml (ENOENT)",
  ],
  [["chekc"], 2, 'ACTION must be check or default, got "chekc"; did you mean check?'],
  [["default", "x"], 2, "default takes no FILE"],
])("lpr agent config %j is refused", async (words, code, message) => {
  const { exitCode, stderr } = await config(...words);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(code);
});

test.skipIf(process.getuid?.() === 0)(
  "the file of an account that is not root is found where its agent finds it",
  async () => {
    using dir = tempDir();
    mkdirSync(dir.join("lpr/agent"), { recursive: true });
    writeFileSync(dir.join("lpr/agent/agent.yaml"), "listen: 127.0.0.1:1\n");
    const env = { XDG_CONFIG_HOME: dir.path };
    const { stdout } = await outcomeOf([LPR, "agent", "config", "check"], { env });
    expect(stdout).toBe(`${dir.join("lpr/agent/agent.yaml")}: no problem found\n`);
  },
);
