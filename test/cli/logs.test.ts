import { afterAll, beforeAll, expect, test } from "bun:test";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";
import { type CommandLine, openCommandLine } from "./lpr.ts";

// Each command is a process of its own, and most tests need several.
let line: CommandLine;
let lpr: CommandLine["lpr"];
beforeAll(async () => {
  line = await openCommandLine();
  ({ lpr } = line);
});
afterAll(() => line[Symbol.asyncDispose]());

const sh = (script: string) => ["--", "/bin/sh", "-c", script];

test("split output goes to the streams it came from, with run --follow and with logs", async () => {
  const script = "printf 'out\\n'; printf 'err\\n' >&2; exit 3";
  const followed = await lpr("job", "run", "split", "--split-output", "--follow", ...sh(script));
  expect(followed).toMatchObject({ code: 3, out: "out\n" });
  expect(followed.err.split("\n")).toContain("err");
  expect(await lpr("job", "logs", "split")).toEqual({ code: 0, out: "out\n", err: "err\n" });
  expect(await lpr("job", "logs", "split", "--stdout")).toEqual({ code: 0, out: "out\n", err: "" });
  expect(await lpr("job", "logs", "split", "--stderr")).toEqual({ code: 0, out: "", err: "err\n" });
});

test("options of logs that exclude each other are told together, in one go", async () => {
  const all = ["--stdout", "--stderr", "--compress", "--no-compress"];
  const refused = await lpr("job", "logs", "x", ...all);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("--stdout and --stderr exclude each other");
  expect(refused.err).toContain("--compress and --no-compress exclude each other");
});

test("a stream of a job that keeps them together is refused with how to get it", async () => {
  await lpr("job", "run", "combined", "--wait", ...sh("echo out"));
  const { code, out, err } = await lpr("job", "logs", "combined", "--stderr");
  expect([code, out]).toEqual([2, ""]);
  expect(err).toBe(
    "lpr: job combined keeps no stderr of its own: its streams are in one log\n" +
      "hint: leave --stderr out; a job that is started with --split-output has a log of each\n",
  );
});

test("the last lines are printed, and those that follow", async () => {
  await lpr(
    "job",
    "run",
    "tail",
    ...sh("seq 1000; while [ ! -e /proc/$$/nothing ]; do sleep 0.02; echo more; done"),
  );
  await until(
    async () => (await lpr("job", "logs", "tail", "--no-follow")).out.includes("more"),
    "it has written",
  );
  const none = await lpr("job", "logs", "tail", "--no-follow", "--tail", "0");
  expect(none).toEqual({ code: 0, out: "", err: "" });
  const last = await lpr("job", "logs", "tail", "--no-follow", "-n", "2");
  expect(last.out).toBe("more\nmore\n");
  const follower = line.start(["job", "logs", "tail", "--tail", "1"]);
  await lpr("job", "stop", "tail");
  expect(await follower.stdout.text()).toMatch(/^(more\n)+$/);
  expect(await follower.exited).toBe(0);
});

test("times choose and begin lines, and are refused when they are none", async () => {
  const started = new Date();
  using dir = tempDir();
  // The job may run as an account of its tenant's own.
  chmodSync(dir.path, 0o755);
  await lpr(
    "job",
    "run",
    "times",
    ...sh(`echo one; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; echo two`),
  );
  const { id } = JSON.parse((await lpr("job", "get", "times", "-o", "json")).out);
  const index = join(line.agent.stateDir, "jobs", id, "index");
  await until(() => existsSync(index), "the time of the first line is on record");
  writeFileSync(dir.join("go"), "");
  await lpr("job", "wait", "times");
  const { out } = await lpr("job", "logs", "times", "--timestamps");
  const lines = out.trimEnd().split("\n");
  expect(lines.map((text) => text.slice(25))).toEqual(["one", "two"]);
  const [first = "", second = ""] = lines.map((text) => text.slice(0, 24));
  expect(new Date(first).getTime()).toBeGreaterThanOrEqual(started.getTime() - 250);
  expect(new Date(second).getTime()).toBeGreaterThan(new Date(first).getTime());
  expect((await lpr("job", "logs", "times", "--since", second)).out).toBe("two\n");
  expect((await lpr("job", "logs", "times", "--until", second)).out).toBe("one\n");
  expect((await lpr("job", "logs", "times", "--since", "1d")).out).toBe("one\ntwo\n");
  const wrong = await lpr("job", "logs", "times", "--since", "yesterday", "--tail", "many");
  expect(wrong).toMatchObject({ code: 2, out: "" });
  for (const part of ["--since: must be how long ago", "--tail: must be a whole number"]) {
    expect(wrong.err).toContain(part);
  }
});

test("what is no longer kept is announced, and shown by get", async () => {
  await lpr("job", "run", "big", "--max-log-size", "64K", "--wait", "--", "seq", "100000");
  const { logBytes, logDiscardedBytes } = JSON.parse((await lpr("job", "get", "big", "-o", "json")).out);
  const { out, err } = await lpr("job", "logs", "big");
  expect(err).toMatch(/^\[lpr: 5\d\d(\.\d)?K of output are no longer kept\]\n$/);
  expect(out.length).toBe(logBytes - logDiscardedBytes);
  expect(out).toEndWith("99999\n100000\n");
  expect((await lpr("job", "get", "big")).out).toContain("no longer kept");
  const small = await lpr("job", "run", "x", "--max-log-size", "1K", "--", "true");
  expect(small).toMatchObject({
    code: 2,
    err: expect.stringContaining("--max-log-size: must be at least 64K"),
  });
});
