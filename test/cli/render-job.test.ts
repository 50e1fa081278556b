import { expect, test } from "bun:test";
import { jobDocument, renderEnd, renderJob, renderJobs } from "../../src/cli/render-job.ts";
import type { FinishedJob, Job, JobState } from "../../src/job/types.ts";

const now = new Date("2026-11-24T12:00:00Z");

function job(name: string, state: JobState, more: Partial<Job> = {}): Job {
  return {
    id: `id-of-${name}`,
    name,
    createdBy: "alice",
    command: "/bin/sh",
    args: ["-c", 'echo "it\'s"; exit 3'],
    workingDir: "/tmp",
    createdAt: new Date("2026-11-24T11:58:00Z"),
    startedAt: new Date("2026-11-24T11:58:00.020Z"),
    state,
    logBytes: 1_536,
    ...{ labels: {}, killMode: "main", limits: {}, limitsInEffect: {} },
    ...more,
  };
}

const finishedAt = new Date("2026-11-24T11:59:00Z");
const running = job("runs", { status: "RUNNING", pid: 4711 });
const succeeded = job("fine", { status: "SUCCEEDED", reason: "EXITED", exitCode: 0, finishedAt });
const stopped = job("stopped", {
  ...{ status: "FAILED", reason: "STOPPED", exitCode: 143, signal: "SIGTERM", causedBy: "bob", finishedAt },
});
const lost = job("lost", { status: "FAILED", reason: "LOST", finishedAt });

test.each([
  ["runs", running],
  ["succeeded", succeeded],
  ["was stopped", stopped],
  ["was lost", lost],
])("a job that %s is shown to people and to programs", (_, it) => {
  expect(renderJob(it, now)).toMatchSnapshot();
  expect(jobDocument(it)).toMatchSnapshot();
});

test("every document has the same keys in the same order, whatever became of the job", () => {
  const keys = [running, succeeded, stopped, lost].map((it) => Object.keys(jobDocument(it)).join());
  expect(new Set(keys).size).toBe(1);
});

test("the list is aligned and cut at the width of the terminal", () => {
  const jobs = [running, succeeded, stopped, lost];
  expect(renderJobs(jobs, now)).toMatchSnapshot();
  const narrow = renderJobs(jobs, now, 60).split("\n");
  expect(narrow.every((line) => line.length <= 60)).toBe(true);
  expect(narrow[1]).toEndWith("…");
});

test("control characters of a command never reach the terminal", () => {
  const evil = job("evil", running.state, { command: "/bin/echo", args: ["\u001b[2J", "a\nb", "\u009b1m"] });
  const text = renderJob(evil, now) + renderJobs([evil], now);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(text.split("\n").filter((line) => line === "b'")).toEqual([]);
});

test.each([
  [succeeded, "fine: SUCCEEDED, exit code 0"],
  [stopped, "stopped: FAILED, exit code 143 (stopped by bob, SIGTERM)"],
  [lost, "lost: FAILED, no exit code (how it ended is not known)"],
])("the end of a job is told in a line", (it, line) => {
  expect(renderEnd(it as FinishedJob)).toBe(line);
});
