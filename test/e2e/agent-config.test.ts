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

test("values that no agent would start with are told by line as well, in the file's own words", async () => {
  using dir = tempDir();
  const file = dir.join("agent.yaml");
  writeFileSync(
    file,
    `listen: nowhere
limits:
  defaults: {memory: 1M}
  caps: {cpu: 0.001}
clients:
  idle-timeout: 1ms
  pending-size: 64K
tenant-uids: {first: 9, last: 3}
max-log-size: 2G
max-log-size-cap: 1G
fleet:
  servers: [http://127.0.0.1]
  pools:
    build: {slots: 20000}
`,
  );
  const { exitCode, stderr } = await config("check", file);
  expect(exitCode).toBe(2);
  expect(stderr.replaceAll(`lpr: ${file}:`, "").trimEnd().split("\n")).toEqual([
    '1: listen must be HOST:PORT with a port of 0 to 65535, got "nowhere"',
    "3: limits.defaults.memory must be an integer from 4194304 to 9007199254740991, got 1048576",
    "4: limits.caps.cpu must be a number from 0.01 to 1024, got 0.001",
    "6: clients.idle-timeout must be an integer from 1000 to 86400000, got 1",
    "7: clients.pending-size must be at least clients.message-size (4194304), got 65536",
    '8: tenant-uids must be a range of uids above 0, got {"first":9,"last":3}',
    "9: max-log-size must be at most max-log-size-cap 1073741824, got 2147483648",
    '12: fleet.servers must each be nats://HOST:PORT or tls://HOST:PORT, got "http://127.0.0.1"',
    "14: fleet.pools.build.slots must be a whole number from 1 to 10000, got 20000",
  ]);
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
