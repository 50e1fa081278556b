import { expect, test } from "bun:test";
import { join } from "node:path";
import { spawnAgent } from "../helpers/agent-process.ts";
import { until } from "../helpers/until.ts";

const logModule = join(import.meta.dir, "../../src/agent/log.ts");

/** What a program that logs these lines writes to standard error; nothing else may come out. */
async function written(format: string, lines: string): Promise<string> {
  const program = `const { openLog } = await import(${JSON.stringify(logModule)});
    const log = await openLog(${JSON.stringify(format)}, "info");
    ${lines}`;
  const child = Bun.spawn([process.execPath, "--eval", program], { stdout: "pipe", stderr: "pipe", env: {} });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  expect(stdout).toBe("");
  return stderr;
}

test("json has an object for each line, with what the line is about and the error behind it", async () => {
  const text = await written(
    "json",
    `log.info("a\\nline", { tenant: "alice", ms: 3, none: undefined }); log.error("it failed", new Error("because"));`,
  );
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { time: expect.stringMatching(/^\d{4}-.*Z$/), level: "info", message: "a\nline", tenant: "alice", ms: 3 },
    {
      ...{ time: expect.any(String), level: "error", message: "it failed" },
      error: expect.stringContaining("Error: because"),
    },
  ]);
});

test("text has a line with its time, its level and what it is about", async () => {
  const text = await written("text", 'log.warn("careful", { tenant: "alice", ms: 3 });');
  expect(text).toMatch(/^\[warn\] \d{4}-\d\d-\d\dT\S+Z careful tenant="alice" ms=3\n$/);
});

test.each(["json", "text"])(
  "%s leaves out what is less important than the level, which may change",
  async (format) => {
    const text = await written(
      format,
      `log.debug("one"); log.info("two"); log.level = "error"; log.warn("three"); log.error("four"); log.level = "debug"; log.debug("five");`,
    );
    expect(text.match(/one|two|three|four|five/g)).toEqual(["two", "four", "five"]);
  },
);

test("an agent outlives its log: what cannot be written is lost, and no more", async () => {
  const program = `process.stderr.on("error", () => process.exit(1));
    const { openLog } = await import(${JSON.stringify(logModule)});
    const log = await openLog("json", "info");
    const failed = new Promise((resolve) => process.stderr.once("error", resolve));
    log.info("one");
    await failed;
    log.info("two");
    process.exitCode = 7;`;
  const child = Bun.spawn([process.execPath, "--eval", program], { stderr: Bun.file("/dev/full"), env: {} });
  expect(await child.exited).toBe(7);
});

test("with level debug each call has a line: what, whose, how it ended, and from where, also of a stream", async () => {
  await using agent = await spawnAgent("stop", { config: "log-level: debug\n" });
  using client = await agent.client("alice");
  await client.run({ name: "short", command: "true" });
  await Array.fromAsync(client.streamLogs({ name: "short" }));
  const ofStream = () => {
    const line = agent
      .log()
      .split("\n")
      .find((text) => text.includes("StreamLogs: OK"));
    return line === undefined ? undefined : JSON.parse(line);
  };
  expect(await until(ofStream, "the line of the stream is written")).toMatchObject({
    ...{ level: "debug", rpc: "StreamLogs", code: "OK", tenant: "alice" },
    address: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  });
});
