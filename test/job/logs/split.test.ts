import { expect, test } from "bun:test";
import type { JobService, LogChunk, StreamLogsInput } from "../../../src/job/index.ts";
import { errorOf, isRoot, openService, runScript } from "../../helpers/job-service.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

async function chunksOf(jobs: JobService, input: StreamLogsInput): Promise<LogChunk[]> {
  const chunks: LogChunk[] = [];
  for await (const chunk of jobs.streamLogs(input)) chunks.push(chunk);
  return chunks;
}

const textOf = (chunks: readonly LogChunk[], stream?: LogChunk["stream"]) =>
  chunks
    .filter((chunk) => stream === undefined || chunk.stream === stream)
    .map(({ output }) => Buffer.from(output).toString())
    .join("");

test("split output is read together, each stream exact, or one stream alone", async () => {
  await using service = await openService();
  const { jobs } = service;
  const script = "for i in 1 2 3; do echo out $i; echo err $i >&2; done";
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", script], output: "split" });
  const followed = await chunksOf(jobs, { name: "foo" });
  expect(textOf(followed, "stdout")).toBe("out 1\nout 2\nout 3\n");
  expect(textOf(followed, "stderr")).toBe("err 1\nerr 2\nerr 3\n");
  const job = await jobs.wait({ name: "foo" });
  expect(job).toMatchObject({ output: "split", logBytes: 36, logDiscardedBytes: 0 });
  const stderr = await chunksOf(jobs, { name: "foo", stream: "stderr", offset: 6 });
  expect(stderr).toEqual([
    { jobId: job.id, stream: "stderr", offset: 6, output: Buffer.from("err 2\nerr 3\n") },
  ]);
  const both = await chunksOf(jobs, { name: "foo", offset: 12, stderrOffset: 6 });
  expect([textOf(both, "stdout"), textOf(both, "stderr")]).toEqual(["out 3\n", "err 2\nerr 3\n"]);
});

test("a follower of split output gets each stream as it comes", async () => {
  using dir = tempDir();
  await using service = await openService();
  const { jobs } = service;
  const wait = (file: string) => `while [ ! -e ${dir.path}/${file} ]; do sleep 0.005; done`;
  const script = `echo a; ${wait("1")}; echo b >&2; ${wait("2")}; echo c`;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", script], output: "split" });
  const seen: string[] = [];
  for await (const { stream, output } of jobs.streamLogs({ name: "foo" })) {
    seen.push(`${stream} ${output}`);
    await Bun.write(dir.join(String(seen.length)), "");
  }
  expect(seen).toEqual(["stdout a\n", "stderr b\n", "stdout c\n"]);
});

test("what combined output cannot give is refused, all at once, with how to get it", async () => {
  await using service = await openService();
  const { jobs } = service;
  await runScript(jobs, "foo", "echo out");
  const read = jobs.streamLogs({ name: "foo", stream: "stderr", stderrOffset: 1 });
  expect(await errorOf(read.next())).toMatchObject({
    code: "INVALID_INPUT",
    message:
      'stream must be left out for a job whose output is combined, got "stderr"; ' +
      "stderrOffset must be left out where one log is read, got 1",
    hint: expect.stringContaining("split"),
  });
});

test("selections that contradict each other are refused, all at once", async () => {
  await using service = await openService();
  const [earlier, later] = [new Date(1_000), new Date(2_000)];
  const input = {
    name: "foo",
    tailLines: -1,
    offset: 0,
    since: later,
    until: earlier,
    stream: "both" as "stdout",
  };
  const { message } = await errorOf(service.jobs.streamLogs(input).next());
  for (const part of ["tailLines must be", "until must be later", "stream must be", "since and an offset"]) {
    expect(message).toContain(part);
  }
  const never = errorOf(service.jobs.streamLogs({ name: "foo", since: new Date(Number.NaN) }).next());
  expect((await never).message).toContain("since must be a time");
});

test.if(isRoot)(
  "a job of another account may open its /dev/stdout and /dev/stderr, as daemons do",
  async () => {
    await using service = await openService();
    const { jobs } = service;
    const runAs = { uid: 70_123, gid: 70_123, name: "lpr-70123", home: "/", shell: "/bin/sh" };
    const script = "echo one; echo two >>/dev/stderr; echo three | tee -a /dev/stdout";
    const run = { name: "foo", command: "/bin/sh", args: ["-c", script], runAs };
    await jobs.run(run);
    expect(textOf(await chunksOf(jobs, { name: "foo" }))).toBe("one\ntwo\nthree\nthree\n");
    await jobs.run({ ...run, name: "bar", output: "split" });
    const chunks = await chunksOf(jobs, { name: "bar" });
    expect([textOf(chunks, "stdout"), textOf(chunks, "stderr")]).toEqual(["one\nthree\nthree\n", "two\n"]);
  },
);

test.if(isRoot)("a job of another account reaches no log by its path, not its own either", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  const runAs = { uid: 70_123, gid: 70_123, name: "lpr-70123", home: "/", shell: "/bin/sh" };
  const args = ["-c", `cat ${stateDir}/jobs/*/output.log; cat $(readlink /proc/$$/fd/2)`];
  await jobs.run({ name: "foo", command: "/bin/sh", args, runAs });
  const said = textOf(await chunksOf(jobs, { name: "foo" }));
  expect(said.match(/Permission denied/g)).toHaveLength(2);
});

const hasPerl = Bun.which("perl") !== null;

test.if(isRoot && hasPerl)("a job of another account cannot make who opens its log wait", async () => {
  await using service = await openService();
  const { jobs } = service;
  const runAs = { uid: 70_123, gid: 70_123, name: "lpr-70123", home: "/", shell: "/bin/sh" };
  // F_SETLEASE and F_WRLCK of fcntl(2): every open of the file waits until its owner gives the lease back, or 45 s.
  const script = 'syswrite STDERR, fcntl(STDOUT, 1024, 1) ? "leased\\n" : "$!\\n"; sleep 1000';
  await jobs.run({ name: "foo", command: "perl", args: ["-e", script], output: "split", runAs });
  for await (const { output } of jobs.streamLogs({ name: "foo", stream: "stderr" })) {
    expect(Buffer.from(output).toString()).toBe("Permission denied\n");
    break;
  }
});
