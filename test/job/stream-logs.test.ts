import { expect, test } from "bun:test";
import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { LogChunk, StreamLogsInput } from "../../src/job/index.ts";
import {
  errorOf,
  openService,
  outputOf,
  reopenService,
  runScript,
  untilOutput,
} from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

test("streamLogs gives any bytes from the start to any number of readers at once", async () => {
  using dir = tempDir();
  const bytes = crypto.getRandomValues(new Uint8Array(65_536));
  appendFileSync(dir.join("bytes"), bytes);
  await using service = await openService();
  const script = `i=0; while [ $i -lt 40 ]; do cat ${dir.path}/bytes; i=$((i+1)); sleep 0.005; done`;
  await service.jobs.run({ name: "binary", command: "/bin/sh", args: ["-c", script] });
  const hashes = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const hash = new Bun.CryptoHasher("sha256");
      let position = 0;
      for await (const { offset, output, jobId } of service.jobs.streamLogs({ name: "binary" })) {
        expect(offset).toBe(position);
        expect(output.length).toBeLessThanOrEqual(64 * 1024);
        expect(jobId).toHaveLength(36);
        position += output.length;
        hash.update(output);
      }
      return hash.digest("hex");
    }),
  );
  const expected = new Bun.CryptoHasher("sha256");
  for (let i = 0; i < 40; i++) expected.update(bytes);
  expect(new Set(hashes)).toEqual(new Set([expected.digest("hex")]));
});

test("a follower gets each line while the job runs", async () => {
  using dir = tempDir();
  await using service = await openService();
  // Each line is written only after the one before has been seen.
  const script = `for i in 1 2 3 4 5; do echo "line $i"; while [ ! -e ${dir.path}/$i ]; do sleep 0.005; done; done`;
  await service.jobs.run({ name: "lines", command: "/bin/sh", args: ["-c", script] });
  const seen: string[] = [];
  for await (const { output } of service.jobs.streamLogs({ name: "lines" })) {
    seen.push(Buffer.from(output).toString());
    appendFileSync(dir.join(String(seen.length)), "");
  }
  expect(seen).toEqual([1, 2, 3, 4, 5].map((i) => `line ${i}\n`));
});

test("two writes within a millisecond both arrive at once, though Bun drops the second event", async () => {
  using dir = tempDir();
  await using service = await openService();
  const script = `i=0; while [ $i -lt 30 ]; do echo a; echo b; while [ ! -e ${dir.path}/$i ]; do :; done; i=$((i+1)); done`;
  await service.jobs.run({ name: "bursts", command: "/bin/sh", args: ["-c", script] });
  let seen = "";
  for await (const { output } of service.jobs.streamLogs({ name: "bursts" })) {
    seen += Buffer.from(output).toString();
    if (seen.endsWith("b\n")) appendFileSync(dir.join(String(seen.length / 4 - 1)), "");
  }
  expect(seen).toBe("a\nb\n".repeat(30));
});

test("streamLogs starts at the offset asked, and ends with what there is when it shall not follow", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", "printf 0123456789; exec sleep 1000"] });
  await untilOutput(jobs, "foo", "9");
  const pieces: string[] = [];
  for await (const { offset, output } of jobs.streamLogs({ name: "foo", offset: 7, follow: false })) {
    pieces.push(`${offset}:${Buffer.from(output)}`);
  }
  expect(pieces).toEqual(["7:789"]);
  expect(await errorOf(jobs.streamLogs({ name: "foo", offset: 11 }).next())).toMatchObject({
    code: "INVALID_INPUT",
    message: "offset must be at most the log's 10 bytes, got 11",
  });
  expect(await errorOf(jobs.streamLogs({ name: "foo", offset: -1 }).next())).toMatchObject({
    code: "INVALID_INPUT",
  });
  expect(await errorOf(jobs.streamLogs({ name: "bar" }).next())).toMatchObject({ code: "JOB_NOT_FOUND" });
});

test("a reader that leaves gives back its descriptor and the watch", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", "echo up; exec sleep 1000"] });
  await untilOutput(jobs, "foo", "up");
  const before = descriptors();
  const readers = Array.from({ length: 20 }, () => jobs.streamLogs({ name: "foo" }));
  for (const reader of readers) expect((await reader.next()).done).toBe(false);
  expect(descriptors()).toBeGreaterThanOrEqual(before + 20);
  for (const reader of readers) await reader.return();
  await until(() => descriptors() <= before, "the descriptors are closed");
});

test("a follower of a job that goes on ends at the time it was told, also when there is nothing to read", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({
    name: "loud",
    command: "/bin/sh",
    args: ["-c", "while :; do echo line; sleep 0.01; done"],
  });
  await jobs.run({ name: "quiet", command: "sleep", args: ["1000"] });
  await untilOutput(jobs, "loud", "line");
  const until = new Date(Date.now() + 400);
  const read = async (name: string) => {
    let text = "";
    for await (const { output } of jobs.streamLogs({ name, until })) text += Buffer.from(output).toString();
    return text;
  };
  const [loud, quiet] = await Promise.all([read("loud"), read("quiet")]);
  expect(loud).toMatch(/^(line\n)+$/);
  expect(quiet).toBe("");
  expect(Date.now()).toBeGreaterThanOrEqual(until.getTime());
});

test("an aborted reader ends with CANCELLED while it waits", async () => {
  await using service = await openService();
  await service.jobs.run({ name: "quiet", command: "sleep", args: ["1000"] });
  const caller = new AbortController();
  const next = errorOf(service.jobs.streamLogs({ name: "quiet" }, { signal: caller.signal }).next());
  caller.abort();
  expect(await next).toMatchObject({ code: "CANCELLED" });
});

test("closing the service ends followers with UNAVAILABLE and leaves the job running", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", "echo up; exec sleep 1000"] });
  const { state, id } = await jobs.get({ name: "foo" });
  const reader = jobs.streamLogs({ name: "foo" });
  await reader.next();
  const [next, waiting] = [errorOf(reader.next()), errorOf(jobs.wait({ name: "foo" }))];
  await jobs.close();
  expect(await next).toMatchObject({ code: "UNAVAILABLE" });
  expect(await waiting).toMatchObject({ code: "UNAVAILABLE" });
  const pid = state.status === "RUNNING" ? state.pid : 0;
  process.kill(pid, 0);
  // What the supervisor does goes on without the service.
  process.kill(pid, "SIGKILL");
  await until(
    () => readFileSync(join(stateDir, "jobs", id, "exit"), "utf8") === " 137\n",
    "the end is recorded",
  );
});

test("a log that is removed or replaced under its readers ends them with LOG_DAMAGED", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", "echo 0123456789; exec sleep 1000"] });
  const { id } = await jobs.get({ name: "foo" });
  const log = join(stateDir, "jobs", id, "output.log");
  const [moves, removes] = [jobs.streamLogs({ name: "foo" }), jobs.streamLogs({ name: "foo" })];
  await moves.next();
  const moved = errorOf(moves.next());
  renameSync(log, `${log}.1`);
  writeFileSync(log, "another file");
  expect(await moved).toMatchObject({
    code: "LOG_DAMAGED",
    message: expect.stringContaining("was replaced"),
  });
  await removes.next();
  const removed = errorOf(removes.next());
  rmSync(log);
  expect(await removed).toMatchObject({
    code: "LOG_DAMAGED",
    message: expect.stringContaining("was removed"),
  });
  expect(await errorOf(jobs.streamLogs({ name: "foo" }).next())).toMatchObject({ code: "LOG_DAMAGED" });
});

test("readers of a log that is cut shorter are told, and go on with what it holds then", async () => {
  using dir = tempDir();
  await using service = await openService();
  const { jobs, stateDir } = service;
  const script = `echo 0123456789; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; echo again; exec sleep 1000`;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", script] });
  const { id } = await jobs.get({ name: "foo" });
  const reader = jobs.streamLogs({ name: "foo" });
  expect((await reader.next()).value).toMatchObject({ offset: 0, output: Buffer.from("0123456789\n") });
  const next = reader.next();
  truncateSync(join(stateDir, "jobs", id, "output.log"), 0);
  expect((await next).value).toMatchObject({ offset: 0, truncated: true, output: new Uint8Array(0) });
  writeFileSync(dir.join("go"), "");
  const { value } = await reader.next();
  expect(value).toEqual({ jobId: id, offset: 0, output: Buffer.from("again\n"), cuts: 1 });
  // Who was away meanwhile comes with an offset beyond the end.
  const resumed = jobs.streamLogs({ name: "foo", offset: 11 });
  expect((await resumed.next()).value).toMatchObject({ offset: 0, truncated: true });
  expect((await reader.return()).done && (await resumed.return()).done).toBe(true);
});

test.each([
  ["at its end", 10, true],
  ["in the midst of it", 100_000, true],
  ["in the midst of it, and does not follow", 100_000, false],
])(
  "a reader that takes its time is told of a cut although the log has grown since: it was %s",
  async (_, bytes, follow) => {
    await using service = await openService();
    const { jobs, stateDir } = service;
    const { id } = await jobs.run({ name: "foo", command: "sleep", args: ["1000"] });
    const [log, index] = ["output.log", "index"].map((name) => join(stateDir, "jobs", id, name)) as [
      string,
      string,
    ];
    appendFileSync(log, `${"x".repeat(bytes - 1)}\n`);
    await until(() => existsSync(index) && statSync(index).size > 0, "the log has been looked at");
    const reader = jobs.streamLogs({ name: "foo", follow });
    expect((await reader.next()).value?.output.length).toBeGreaterThan(0);
    truncateSync(log, 0);
    await until(() => statSync(index).size === 0, "the cut has been seen");
    appendFileSync(log, `new${"y".repeat(2 * bytes)}`);
    const { value } = await reader.next();
    expect(value).toMatchObject({ offset: 0, truncated: true });
    expect(Buffer.from(value?.output ?? []).toString()).toStartWith("newyyy");
    await reader.return();
  },
);

test("who comes again with an offset, and with the cuts it knows of, is told of those since", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  const { id } = await jobs.run({ name: "foo", command: "sleep", args: ["1000"], output: "split" });
  const [stdout, stderr, index] = ["stdout.log", "stderr.log", "index"].map((name) =>
    join(stateDir, "jobs", id, name),
  ) as [string, string, string];
  appendFileSync(stdout, "012345678\n");
  appendFileSync(stderr, "012345678\n");
  await until(() => existsSync(index) && statSync(index).size > 0, "the logs have been looked at");
  truncateSync(stdout, 0);
  const come = async (places: Partial<StreamLogsInput>) => {
    const chunks: LogChunk[] = [];
    for await (const chunk of jobs.streamLogs({ name: "foo", follow: false, ...places })) chunks.push(chunk);
    const told = chunks.map(({ stream, offset, truncated, cuts }) => [stream, offset, truncated, cuts]);
    // In the order of times, which is not what this is about.
    return told.sort(([one], [other]) => String(other).localeCompare(String(one)));
  };
  await until(async () => (await come({ cuts: 0 })).flat().includes(true), "the cut has been seen");
  appendFileSync(stdout, "a new log, and longer");
  const places = { offset: 8, stderrOffset: 8 };
  expect(await come({ ...places, cuts: 0, stderrCuts: 0 })).toEqual([
    ["stdout", 0, true, 1],
    ["stderr", 8, undefined, undefined],
  ]);
  for (const cuts of [1, undefined, 7]) {
    expect(await come({ ...places, cuts, stderrCuts: cuts })).toEqual([
      ["stdout", 8, undefined, 1],
      ["stderr", 8, undefined, undefined],
    ]);
  }
});

test("each of two cuts is told to every reader, also when only one of them can have seen it", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  const { id } = await jobs.run({ name: "foo", command: "sleep", args: ["1000"] });
  const log = join(stateDir, "jobs", id, "output.log");
  for (const round of [1, 2]) {
    truncateSync(log, 0);
    appendFileSync(log, "a".repeat(20));
    const [slow, quick] = [jobs.streamLogs({ name: "foo" }), jobs.streamLogs({ name: "foo" })];
    expect((await slow.next()).value?.output).toHaveLength(20);
    appendFileSync(log, "a".repeat(80));
    // It has read what the service itself may not have looked at before it is cut off again.
    let read = 0;
    while (read < 100) read += (await quick.next()).value?.output.length ?? 0;
    truncateSync(log, 0);
    appendFileSync(log, `round ${round}${"b".repeat(53)}`);
    for (const reader of [quick, slow]) {
      expect((await reader.next()).value).toMatchObject({ offset: 0, truncated: true });
      await reader.return();
    }
  }
});

test("who comes again for a log that was cut shorter while no service was there is told so, by the next", async () => {
  await using service = await reopenService({ mode: "auto" });
  let jobs = await service.open();
  const run = { name: "foo", command: "/bin/sh", args: ["-c", "echo 0123456789; exec sleep 1000"] };
  const { id } = await jobs.run(run);
  const [log, index] = ["output.log", "index"].map((name) =>
    join(service.paths.stateDir, "jobs", id, name),
  ) as [string, string];
  await until(() => existsSync(index) && statSync(index).size > 0, "the log has been looked at");
  await jobs.close();
  truncateSync(log, 0);
  appendFileSync(log, "new\n");
  jobs = await service.open();
  const resumed = jobs.streamLogs({ name: "foo", offset: 11 });
  expect((await resumed.next()).value).toMatchObject({
    ...{ offset: 0, truncated: true, output: Buffer.from("new\n") },
  });
  await resumed.return();
});

test("a job may truncate its own output: nobody takes it for a mistake of theirs after its end either", async () => {
  await using service = await openService();
  const { jobs } = service;
  const script = "printf 0123456789; sleep 0.6; : >/dev/stdout; echo end";
  const { output } = await runScript(jobs, "foo", script);
  expect(output).toBe("end\n");
  const resumed = jobs.streamLogs({ name: "foo", offset: 10 });
  expect((await resumed.next()).value).toMatchObject({
    ...{ offset: 0, truncated: true, output: Buffer.from("end\n") },
  });
});

test("a reader that takes its time gets what is written meanwhile, though the job has ended before it asks again", async () => {
  using dir = tempDir();
  await using service = await openService();
  const { jobs } = service;
  const script = `echo first; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; echo last`;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", script] });
  const reader = jobs.streamLogs({ name: "foo" });
  let text = Buffer.from((await reader.next()).value?.output ?? []).toString();
  writeFileSync(dir.join("go"), "");
  await jobs.wait({ name: "foo" });
  for await (const { output } of reader) text += Buffer.from(output).toString();
  expect(text).toBe("first\nlast\n");
});

test("a follower hears the rest of a job that is removed under it", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "foo", command: "seq", args: ["200000"] });
  const reader = jobs.streamLogs({ name: "foo" });
  let bytes = (await reader.next()).value?.output.length ?? 0;
  const { logBytes } = await jobs.wait({ name: "foo" });
  await jobs.remove({ name: "foo" });
  for await (const { output } of reader) bytes += output.length;
  expect(bytes).toBe(logBytes);
});

test("a reader of a long log that is in memory lets others have their turn", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  const { id } = await jobs.run({ name: "foo", command: "true" });
  await jobs.wait({ name: "foo" });
  truncateSync(join(stateDir, "jobs", id, "output.log"), 300_000_000);
  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  for await (const { output } of jobs.streamLogs({ name: "foo" })) expect(output.length).toBeGreaterThan(0);
  clearInterval(ticking);
  expect(turns).toBeGreaterThan(3);
});

test("the output of a job that has ended is complete at once", async () => {
  await using service = await openService();
  const { output } = await runScript(service.jobs, "seq", "seq 1 20000");
  expect(output).toBe(Array.from({ length: 20_000 }, (_, i) => `${i + 1}\n`).join(""));
  expect(await outputOf(service.jobs, "seq")).toBe(output);
});

function descriptors(): number {
  return Array.from(new Bun.Glob("*").scanSync({ cwd: "/proc/self/fd", onlyFiles: false })).length;
}
