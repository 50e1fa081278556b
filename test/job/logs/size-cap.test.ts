import { describe, expect, test } from "bun:test";
import { statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { detectHolePunching, type JobService, type LogChunk } from "../../../src/job/index.ts";
import { keptLogBytes, requireHolePunching } from "../../../src/job/logs/policy.ts";
import { newStarts } from "../../../src/job/logs/size-cap.ts";
import { TimeIndex } from "../../../src/job/logs/time-index.ts";
import { findTools } from "../../../src/job/supervisor/tools.ts";
import { errorOf, openService, reopenService, untilOutput } from "../../helpers/job-service.ts";
import { logDir, piecesOf } from "../../helpers/log-dir.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { until } from "../../helpers/until.ts";

const KIB = 1024;

async function chunksOf(chunks: AsyncIterable<LogChunk>): Promise<LogChunk[]> {
  const all: LogChunk[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

const discarded = async (jobs: JobService, name: string) => (await jobs.get({ name })).logDiscardedBytes;

describe("where a log begins that was too large", () => {
  test("one log gives up its oldest bytes, an eighth of its size at least", () => {
    using dir = tempDir();
    using index = new TimeIndex(dir.path);
    expect(newStarts(index, [0], [800], 800)).toBeUndefined();
    expect(newStarts(index, [0], [801], 800)).toEqual([101]);
    expect(newStarts(index, [101], [901], 800)).toBeUndefined();
    expect(newStarts(index, [101], [902], 800)).toEqual([202]);
  });

  test("two logs give up what is oldest in either, by the time index", () => {
    using dir = logDir("split", [
      ["a".repeat(100), ""],
      ["", "b".repeat(300)],
      ["c".repeat(400), ""],
    ]);
    using index = new TimeIndex(dir.path);
    // 101 of 800 bytes are too many: all that came first, and one of what came next.
    expect(newStarts(index, [0, 0], [500, 300], 799)).toEqual([100, 1]);
    expect(newStarts(index, [100, 1], [1_000, 300], 799)).toEqual([301, 300]);
  });

  test("two logs without an index give up the same share of both", () => {
    using dir = tempDir();
    using index = new TimeIndex(dir.path);
    expect(newStarts(index, [0, 0], [600, 200], 400)).toEqual([338, 113]);
  });
});

test("a log keeps its size while the job writes: offsets stay, and readers are told what is missing", async () => {
  using dir = tempDir();
  await using service = await openService();
  const { jobs, stateDir } = service;
  const script = `seq -f 'line %06.0f' 50000; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; echo last`;
  const run = { name: "foo", command: "/bin/sh", args: ["-c", script], maxLogBytes: 64 * KIB };
  const { id } = await jobs.run(run);
  const path = join(stateDir, "jobs", id, "output.log");
  await until(async () => (await discarded(jobs, "foo")) > 0, "the oldest output is given up");
  const whole = 50_000 * 12;
  await until(
    async () => whole - (await discarded(jobs, "foo")) <= 64 * KIB,
    "what is kept is within the size",
  );
  await until(() => statSync(path).blocks * 512 <= 80 * KIB, "the blocks are given back");
  expect(statSync(path).size).toBe(whole);

  const [first, ...rest] = await chunksOf(jobs.streamLogs({ name: "foo", follow: false }));
  const start = await discarded(jobs, "foo");
  expect(first).toMatchObject({ offset: start, discardedBytes: start });
  const text = Buffer.concat([first, ...rest].map((chunk) => chunk?.output ?? Buffer.alloc(0))).toString();
  // It begins with a whole line, the very one that belongs there.
  expect(text.split("\n")[0]).toBe(`line ${String(start / 12 + 1).padStart(6, "0")}`);
  expect(text.length).toBe(whole - start);

  // Who has read some of what is gone hears only of the rest of it; who has read it all, of nothing.
  const [resumed] = await chunksOf(jobs.streamLogs({ name: "foo", offset: 1_000, follow: false }));
  expect(resumed).toMatchObject({ offset: start, discardedBytes: start - 1_000 });
  const [later] = await chunksOf(jobs.streamLogs({ name: "foo", offset: start + 12, follow: false }));
  expect(later?.discardedBytes).toBeUndefined();

  await Bun.write(dir.join("go"), "");
  const end = await jobs.wait({ name: "foo" });
  expect(end).toMatchObject({ maxLogBytes: 64 * KIB, logBytes: whole + 5, logDiscardedBytes: start });
  expect((await chunksOf(jobs.streamLogs({ name: "foo", tailLines: 1 }))).at(-1)?.output.toString()).toBe(
    "last\n",
  );
});

test("a follower goes on across what is given up under it, and what it misses is counted exactly", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  const args = [
    "-c",
    "for i in $(seq 0 19); do seq -f '%015.0f' $((i*50000+1)) $((i*50000+50000)); sleep 0.1; done",
  ];
  const { id } = await jobs.run({ name: "foo", command: "/bin/sh", args, maxLogBytes: 256 * KIB });
  let position = 0;
  let missing = 0;
  for await (const { offset, output, discardedBytes = 0 } of jobs.streamLogs({ name: "foo" })) {
    expect(offset).toBe(position + discardedBytes);
    missing += discardedBytes;
    // Every line holds its own number, so a byte from elsewhere would show.
    const at = (16 - (offset % 16)) % 16;
    if (output.length >= at + 16) {
      const line = Buffer.from(output.subarray(at, at + 15)).toString();
      expect(Number(line)).toBe((offset + at) / 16 + 1);
    }
    expect(output.includes(0)).toBe(false);
    position = offset + output.length;
  }
  expect(position).toBe(1_000_000 * 16);
  const { logDiscardedBytes, logBytes } = await jobs.get({ name: "foo" });
  expect(logBytes - logDiscardedBytes).toBeLessThanOrEqual(256 * KIB);
  expect(missing).toBeLessThanOrEqual(logDiscardedBytes);
  const path = join(stateDir, "jobs", id, "output.log");
  // However many times something was given up: no block stays behind.
  await until(
    () => statSync(path).blocks * 512 <= logBytes - logDiscardedBytes + 20 * KIB,
    "the blocks are given back",
  );
});

test("what a reader asks for and is no longer kept is told even where nothing follows", async () => {
  using dir = logDir("combined", ["one\n", "two\n", "three\n"]);
  const source = dir.source({ logStarts: [8] });
  const pieces = await piecesOf({ source, until: new Date(Date.parse("2020-01-01T10:00:01.500Z")) });
  expect(pieces.map(({ offset, discardedBytes, output }) => [offset, discardedBytes, output.length])).toEqual(
    [[8, 8, 0]],
  );
});

test("both logs of split output are kept within the size together", async () => {
  await using service = await openService();
  const { jobs } = service;
  const script = "seq -f 'old error %.0f' 20000 >&2; sleep 0.6; seq -f 'new output %.0f' 2000";
  const run = { name: "foo", command: "/bin/sh", args: ["-c", script], output: "split" as const };
  await jobs.run({ ...run, maxLogBytes: 64 * KIB });
  const { logBytes, logDiscardedBytes } = await jobs.wait({ name: "foo" });
  expect(logBytes - logDiscardedBytes).toBeLessThanOrEqual(64 * KIB);
  const stdout = await chunksOf(jobs.streamLogs({ name: "foo", stream: "stdout" }));
  expect(stdout[0]).toMatchObject({ offset: 0 });
  expect(stdout[0]?.discardedBytes).toBeUndefined();
  const [stderr] = await chunksOf(jobs.streamLogs({ name: "foo", stream: "stderr" }));
  expect(stderr?.discardedBytes).toBe(logDiscardedBytes);
});

test("a log that grew while no service was there is within its size again with the next", async () => {
  using dir = tempDir();
  await using service = await reopenService({ mode: "auto" });
  let jobs = await service.open();
  const wait = (file: string) => `while [ ! -e ${dir.path}/${file} ]; do sleep 0.01; done`;
  const script = `echo up; ${wait("away")}; seq 100000; touch ${dir.path}/written; ${wait("end")}`;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", script], maxLogBytes: 64 * KIB });
  await untilOutput(jobs, "foo", "up");
  await jobs.close();
  await Bun.write(dir.join("away"), "");
  await until(() => Bun.file(dir.join("written")).exists(), "the job has written");
  jobs = await service.open();
  await until(async () => {
    const { logBytes, logDiscardedBytes } = await jobs.get({ name: "foo" });
    return logBytes > 500_000 && logBytes - logDiscardedBytes <= 64 * KIB;
  }, "the log is within its size");
  const before = await discarded(jobs, "foo");
  await jobs.close();
  jobs = await service.open();
  expect(await discarded(jobs, "foo")).toBe(before);
  const [first] = await chunksOf(jobs.streamLogs({ name: "foo", follow: false }));
  expect(first).toMatchObject({ offset: before, discardedBytes: before });
  await Bun.write(dir.join("end"), "");
  expect((await jobs.wait({ name: "foo" })).state.status).toBe("SUCCEEDED");
});

test("a log that is truncated below what was given up begins at its first byte again", async () => {
  using dir = tempDir();
  await using service = await openService();
  const { jobs, stateDir } = service;
  const script = `seq 30000; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; echo again; exec sleep 1000`;
  const { id } = await jobs.run({
    name: "foo",
    command: "/bin/sh",
    args: ["-c", script],
    maxLogBytes: 64 * KIB,
  });
  const path = join(stateDir, "jobs", id, "output.log");
  await until(() => statSync(path).size > 150_000, "the job has written");
  await until(() => statSync(path).blocks * 512 <= 80 * KIB, "the oldest output is given up");
  const reader = jobs.streamLogs({ name: "foo" });
  await reader.next();
  truncateSync(path, 0);
  await Bun.write(dir.join("go"), "");
  let seen = "";
  let truncated = false;
  for await (const chunk of reader) {
    truncated ||= chunk.truncated === true;
    if (truncated) seen += Buffer.from(chunk.output).toString();
    if (seen.endsWith("again\n")) break;
  }
  expect(seen).toBe("again\n");
  await until(async () => (await discarded(jobs, "foo")) === 0, "nothing is missing any more");
});

describe("sizes that may be asked for", () => {
  test("are bounded by the service, which gives its own to who does not ask", async () => {
    await using service = await openService({ logs: { maxBytes: 128 * KIB, maxBytesCap: 256 * KIB } });
    const { jobs } = service;
    const run = (name: string, maxLogBytes?: number) => jobs.run({ name, command: "true", maxLogBytes });
    await run("default");
    expect((await jobs.get({ name: "default" })).maxLogBytes).toBe(128 * KIB);
    await run("more", 256 * KIB);
    expect((await jobs.get({ name: "more" })).maxLogBytes).toBe(256 * KIB);
    expect(await errorOf(run("most", 256 * KIB + 1))).toMatchObject({
      code: "INVALID_INPUT",
      message: "maxLogBytes must be at most 262144 on this agent, got 262145",
    });
    expect((await errorOf(run("less", 64 * KIB - 1))).message).toContain("at least 65536, got 65535");
  });

  test("a service with nonsense of its own does not open", async () => {
    const logs = { maxBytes: 1, maxBytesCap: Number.NaN, tenantQuotaBytes: -1 };
    const { message } = await errorOf(openService({ logs }));
    for (const field of ["logs.maxBytes", "logs.maxBytesCap", "logs.tenantQuotaBytes"]) {
      expect(message).toContain(`${field} must be`);
    }
  });

  test("a host without holes refuses what it cannot keep to, and says what is missing", () => {
    using dir = tempDir();
    expect(detectHolePunching(undefined, dir.path)).toEqual({
      missing: "fallocate of util-linux is missing",
    });
    // The kernel's own file system has no blocks.
    expect(detectHolePunching(findTools().fallocate, "/proc")).toMatchObject({
      missing: expect.stringContaining("no hole can be punched in /proc"),
    });
    expect(detectHolePunching(findTools().fallocate, dir.path)).toHaveProperty("punch");
    const holes = { missing: "no holes here" };
    // Callers are not told about the insides of the host.
    const message = "maxLogBytes cannot be kept to on this host: its files take no holes";
    expect(() => keptLogBytes(64 * KIB, {}, holes)).toThrow(message);
    const refused = { code: "HOST_UNSUPPORTED", message: expect.stringContaining("no holes here") };
    expect(keptLogBytes(undefined, {}, holes)).toBeUndefined();
    expect(() => requireHolePunching(holes, { maxBytes: 64 * KIB })).toThrow(
      expect.objectContaining(refused),
    );
    expect(() => requireHolePunching(holes, {})).not.toThrow();
  });
});
