import { expect, test } from "bun:test";
import { renderGet } from "../../src/cli/render-get.ts";
import { summarize } from "../../src/cli/summary.ts";
import type { ExitReason, Job, JobState, Limits, Usage } from "../../src/job/types.ts";
import { aJob } from "./a-job.ts";

const startedAt = new Date("2026-11-24T09:00:00Z");
const finishedAt = new Date("2026-11-24T09:00:12Z");
const now = new Date("2026-11-24T12:00:00Z");
const RUNNING: JobState = { status: "RUNNING", pid: 4711 };

function summary(state: JobState, limitsInEffect: Limits = {}, usage?: Usage, more: Partial<Job> = {}) {
  const job = aJob("web", state, { createdAt: startedAt, startedAt, limitsInEffect, ...more });
  return summarize({ job, usage, now });
}

const failed = (reason: ExitReason, exitCode: number, signal?: string, causedBy?: string): JobState => ({
  ...{ status: "FAILED", reason, exitCode, finishedAt },
  ...(signal === undefined ? {} : { signal }),
  ...(causedBy === undefined ? {} : { causedBy }),
});

test.each<[JobState, string]>([
  [RUNNING, "web has been running for 3h"],
  [{ status: "SUCCEEDED", reason: "EXITED", exitCode: 0, finishedAt }, "web succeeded after 12s"],
  [failed("EXITED", 3), "web failed after 12s with exit code 3"],
  [failed("SIGNALED", 139, "SIGSEGV"), "web was killed by SIGSEGV after 12s"],
  [failed("STOPPED", 143, "SIGTERM", "bob"), "web was stopped by bob after 12s"],
  [failed("STOPPED", 137, "SIGKILL", "bob"), "web was stopped by bob after 12s, and had to be killed"],
  [failed("OOM_KILLED", 137, "SIGKILL"), "web was killed after 12s: it needed more than its 50M of memory"],
  [
    { status: "FAILED", reason: "LOST", finishedAt },
    "web ended while nobody looked on: its supervisor was killed, or the host went down",
  ],
  [{ status: "FAILED", reason: "START_FAILED", finishedAt }, "web could not be started"],
])("what became of a job is told in a sentence: %j", (state, sentence) => {
  expect(summary(state, { memoryBytes: 50 * 2 ** 20 })).toEqual([sentence]);
});

test("a time-out is told with its length, and a host without memory from a job without", () => {
  const timeoutAt = new Date(startedAt.getTime() + 60_000);
  expect(summary(failed("TIMED_OUT", 143, "SIGTERM"), {}, undefined, { timeoutAt })).toEqual([
    "web was stopped by its time-out of 1m",
  ]);
  expect(summary(failed("OOM_KILLED", 137, "SIGKILL"))).toEqual([
    "web was killed after 12s: the host had no memory left; the job had no limit of its own",
  ]);
});

test("what slows a running job, or may soon end it, is told below, and nothing of what does not", () => {
  const limits = { cpuCores: 0.5, memoryBytes: 100 * 2 ** 20, pids: 10 };
  const pressure = { io: { someAvg10: 61.4, someTotalMs: 1 }, memory: { someAvg10: 9.9, someTotalMs: 1 } };
  const usage = {
    throttledMs: 0.42 * 3 * 3_600_000,
    memoryBytes: 97 * 2 ** 20,
    processes: 9,
    oomKills: 2,
    pressure,
  };
  expect(summary(RUNNING, limits, usage).slice(1)).toEqual([
    "held back 42% of the time by its limit of 0.5 cores",
    "lost 2 of its processes, killed for want of memory",
    "uses 97% of its memory; it is killed when it needs more than that",
    "has 90% of the processes it may have; further ones fail to start",
    "waited for the disk 61% of the last 10s",
  ]);
  const calm = { throttledMs: 1_000, memoryBytes: 10, processes: 1, oomKills: 0 };
  expect(summary(RUNNING, limits, calm)).toHaveLength(1);
  expect(summary(RUNNING, {}, usage)).toHaveLength(3);
});

test("the table tells what was asked for, what is in effect, and what is used of that", () => {
  const limits = { cpuCores: 1, memoryBytes: 100 * 2 ** 20, pids: 10, ioWriteBytesPerSecond: 2 ** 20 };
  const job = aJob("web", RUNNING, { startedAt, limits, limitsInEffect: { ...limits, cpuCores: 0.5 } });
  const usage = {
    ...{ cpuMs: 0.25 * 3 * 3_600_000, throttledMs: 90_000, memoryBytes: 50 * 2 ** 20, processes: 3 },
    ...{ memoryPeakBytes: 75 * 2 ** 20, ioReadBytes: 0, ioWriteBytes: 3 * 3_600 * 2 ** 18 },
  };
  expect(renderGet({ job, usage, now }).split("\n\n").at(-1)).toBe(
    [
      "RESOURCE  ASKED FOR  IN EFFECT  USED",
      "cpu       1 core     0.5 cores  45m: 0.25 cores on average (50%), held back for 1m 30s",
      "memory    100M       100M       50M now (50%), 75M at most (75%)",
      "pids      10         10         3 now (30%)",
      "io-write  1M/s       1M/s       2.6G: 256K/s on average (25%)",
    ].join("\n"),
  );
});

test("only the sentence is coloured, by the status", () => {
  const text = renderGet({ job: aJob("web", RUNNING, { startedAt }), now }, { color: true });
  expect(text).toStartWith("\u001b[33mweb has been running for 3h\u001b[0m\n\n");
  expect(text.split("\u001b")).toHaveLength(3);
});
