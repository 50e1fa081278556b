import { expect, test } from "bun:test";
import { appendFileSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { JobLog, type SizeCap } from "../../../src/job/logs/job-log.ts";
import { LogSampler } from "../../../src/job/logs/sampler.ts";
import { TimeIndex } from "../../../src/job/logs/time-index.ts";
import { openService } from "../../helpers/job-service.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { until } from "../../helpers/until.ts";

/** A sampler that says which logs it looks at. */
class OpenSampler extends LogSampler {
  readonly logs = new Set<JobLog>();

  override add(log: JobLog): void {
    this.logs.add(log);
    super.add(log);
  }

  override remove(log: JobLog): void {
    this.logs.delete(log);
    super.remove(log);
  }
}

function logIn(jobDir: string, sampler: LogSampler, cap?: SizeCap): JobLog {
  const save = async () => undefined;
  const report = (what: string, cause: unknown) => {
    throw new Error(what, { cause });
  };
  return new JobLog({ jobDir, output: "combined", record: {}, cap, save, report, sampler });
}

function entriesIn(jobDir: string): number {
  using index = new TimeIndex(jobDir);
  return index.length;
}

test("a log that grew is written down, once, and one that did not costs no entry", async () => {
  using dir = tempDir();
  const path = dir.join("output.log");
  writeFileSync(path, "");
  const log = logIn(dir.path, new LogSampler());
  expect(entriesIn(dir.path)).toBe(0);
  appendFileSync(path, "one\n");
  await until(() => entriesIn(dir.path) === 1, "the first line has its time");
  for (let looks = 0; looks < 5; looks++) log.look();
  expect([entriesIn(dir.path), log.keptBytes]).toEqual([1, 4]);
  appendFileSync(path, "two\n");
  await log.finish();
  expect([entriesIn(dir.path), log.keptBytes]).toEqual([2, 8]);
  log.close();
});

test("a time divides no line, however a program's blocks end, unless it is too long for one", async () => {
  using dir = tempDir();
  const path = dir.join("output.log");
  writeFileSync(path, "");
  const log = logIn(dir.path, new LogSampler());
  const ends: number[][] = [];
  for (const text of ["one\ntw", "o", "\nthree", `${"x".repeat(5_000)}\nfour`, "y".repeat(70_000), "z\n"]) {
    appendFileSync(path, text);
    log.look();
    using index = new TimeIndex(dir.path);
    ends.push([...index.from(0)].map((entry) => entry.ends[0]));
  }
  expect(ends).toEqual([
    [4],
    [4],
    [4, 8],
    [4, 8, 5_014],
    [4, 8, 5_014, 75_018],
    [4, 8, 5_014, 75_018, 75_020],
  ]);
  log.close();
});

test("a log that passed its size again while some of it was being given up is within it at the end", async () => {
  using dir = tempDir();
  const path = dir.join("output.log");
  writeFileSync(path, "");
  const punched = Promise.withResolvers<void>();
  const log = logIn(dir.path, new LogSampler(), { maxBytes: 1_000, punch: () => punched.promise });
  for (const bytes of [2_000, 2_000]) {
    appendFileSync(path, `${"x".repeat(bytes - 1)}\n`);
    log.look();
    await until(() => log.starts[0] !== 0, "the first part is being given up");
  }
  expect(log.keptBytes).toBeGreaterThan(1_000);
  punched.resolve();
  await log.finish();
  expect(log.keptBytes).toBeLessThanOrEqual(1_000);
  log.close();
});

test("a log that is closed is not looked at any more", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("output.log"), "");
  const sampler = new OpenSampler();
  const logs = [logIn(dir.path, sampler), logIn(dir.path, sampler)];
  expect([...sampler.logs]).toEqual(logs);
  for (const log of logs) log.close();
  expect(sampler.logs.size).toBe(0);
});

test("jobs that have ended hold no descriptors of their logs, nor does a closed service of those that live", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  for (const output of ["split", "combined"] as const) {
    await jobs.run({ name: output, command: "true", output });
    await jobs.wait({ name: output });
  }
  await until(() => openLogs(stateDir) === 0, "logs of jobs that have ended are closed");
  await jobs.run({ name: "lives", command: "sleep", args: ["1000"], output: "split" });
  expect(openLogs(stateDir)).toBe(2);
  const { state } = await jobs.get({ name: "lives" });
  await jobs.close();
  expect(openLogs(stateDir)).toBe(0);
  if (state.status === "RUNNING") process.kill(state.pid, "SIGKILL");
});

/** Descriptors that this process has of logs of jobs. */
function openLogs(stateDir: string): number {
  const targets = readdirSync("/proc/self/fd").map((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      // The one that the directory was read by.
      return "";
    }
  });
  return targets.filter((target) => target.startsWith(`${stateDir}/jobs/`) && target.endsWith(".log")).length;
}
