import { expect, test } from "bun:test";
import { paintStatus } from "../../src/cli/color.ts";
import { eventDocument, eventHead, renderEvent } from "../../src/cli/render-event.ts";
import { renderGet } from "../../src/cli/render-get.ts";
import { jobDocument, renderEnd } from "../../src/cli/render-job.ts";
import { renderJobs } from "../../src/cli/render-jobs.ts";
import type { FinishedRemoteJob } from "../../src/client/client.ts";
import { aWaitingJob, aJob as job } from "./a-job.ts";

const now = new Date("2026-11-24T12:00:00Z");

const finishedAt = new Date("2026-11-24T11:59:00Z");
const running = job("runs", { status: "RUNNING", pid: 4711 });
const succeeded = job("fine", { status: "SUCCEEDED", reason: "EXITED", exitCode: 0, finishedAt });
const stopped = job("stopped", {
  ...{ status: "FAILED", reason: "STOPPED", exitCode: 143, signal: "SIGTERM", causedBy: "bob", finishedAt },
});
const limits = { cpuCores: 0.5, memoryBytes: 2 ** 29 + 1_000, pids: 100, ioDevice: "8:0" };
const limitsInEffect = { ...limits, memoryBytes: 2 ** 29, openFiles: 1_024 };
const limited = job(
  "limited",
  { status: "RUNNING", pid: 4711 },
  {
    ...{ limits, limitsInEffect, killMode: "all", labels: { team: "web", note: "a\u001b[2Jb" } },
    timeoutAt: new Date("2026-11-24T12:08:00Z"),
  },
);
const usage = {
  ...{ cpuMs: 12_340, userMs: 10_000, systemMs: 2_340, throttledMs: 61_000, processes: 0, memoryBytes: 0 },
  ...{ memoryPeakBytes: 2 ** 29, oomKills: 1, ioReadBytes: 10 * 2 ** 20, ioWriteBytes: 100 },
  pressure: { cpu: { someAvg10: 3, someTotalMs: 1_500 }, memory: { someAvg10: 90, someTotalMs: 20_000 } },
};
const outOfMemory = job(
  "oom",
  { status: "FAILED", reason: "OOM_KILLED", exitCode: 137, signal: "SIGKILL", finishedAt },
  { limits, limitsInEffect, usage },
);
const timedOut = job(
  "late",
  { status: "FAILED", reason: "TIMED_OUT", exitCode: 143, signal: "SIGTERM", finishedAt },
  { timeoutAt: new Date("2026-11-24T11:59:00Z") },
);
const killed = job("killed", {
  ...{ status: "FAILED", reason: "SIGNALED", exitCode: 137, signal: "SIGKILL", finishedAt },
});
const fleet = {
  pool: "build",
  agent: "b1.example.org",
  fence: 7,
  queuedAt: new Date("2026-11-24T11:57:58Z"),
};
const waiting = aWaitingJob("waits");
const placed = { ...running, fleet: { ...fleet, attempt: 2, retry: 3 } };
const givenUp = {
  ...job("given-up", { status: "FAILED", reason: "LOST", finishedAt }),
  fleet: { ...fleet, attempt: 1, retry: 0 },
};
const notStarted: FinishedRemoteJob = {
  ...waiting,
  ...{ name: "not-started", state: { status: "FAILED", reason: "START_FAILED", finishedAt } },
  message: "there is no /bin/x",
};
const lost = job("lost", { status: "FAILED", reason: "LOST", finishedAt });

test.each([
  ["runs", running],
  ["succeeded", succeeded],
  ["was stopped", stopped],
  ["was lost", lost],
  ["has limits", limited],
  ["was killed for want of memory", outOfMemory],
  ["waits for a host", waiting],
  ["runs in a fleet", placed],
  ["was given up with its host", givenUp],
  ["could not be started", notStarted],
])("a job that %s is shown to people and to programs", (_, it) => {
  expect(renderGet({ job: it, usage: it.usage, now })).toMatchSnapshot();
  expect(jobDocument(it)).toMatchSnapshot();
});

/** Labels are the user's own, and a fleet is there or not. */
function deepKeys(value: object): string {
  return Object.entries(value)
    .map(([key, it]) =>
      key !== "labels" && key !== "fleet" && it && !Array.isArray(it) && typeof it === "object"
        ? `${key}{${deepKeys(it)}}`
        : key,
    )
    .join();
}

test("every document has the same keys in the same order, whatever became of the job", () => {
  const keys = [running, succeeded, stopped, lost, limited, waiting].map((it) => deepKeys(jobDocument(it)));
  expect(new Set(keys).size).toBe(1);
});

test("control characters of a command never reach the terminal", () => {
  const evil = job("evil", running.state, { command: "/bin/echo", args: ["\u001b[2J", "a\nb", "\u009b1m"] });
  const text = renderGet({ job: evil, now }) + renderJobs([{ job: evil }], { now });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(text.split("\n").filter((line) => line === "b'")).toEqual([]);
});

test.each([
  [succeeded, "fine: SUCCEEDED, exit code 0"],
  [stopped, "stopped: FAILED, exit code 143 (stopped by bob, SIGTERM)"],
  [lost, "lost: FAILED, no exit code (how it ended is not known)"],
  [killed, "killed: FAILED, exit code 137 (killed by SIGKILL)"],
  [notStarted, "not-started: FAILED, no exit code (could not be started: there is no /bin/x)"],
  [timedOut, "late: FAILED, exit code 143 (stopped by its time-out of 1m, SIGTERM)"],
  [outOfMemory, "oom: FAILED, exit code 137 (killed for want of memory (limit 512M, peak 512M), SIGKILL)"],
  [
    { ...outOfMemory, limitsInEffect: {} },
    "oom: FAILED, exit code 137 (killed for want of memory (no limit of its own: the host had none left, peak 512M), SIGKILL)",
  ],
])("the end of a job is told in a line", (it, line) => {
  expect(renderEnd(it as FinishedRemoteJob)).toBe(line);
  const { status } = it.state;
  const painted = line.replace(`: ${status},`, `: ${paintStatus(status, status)},`);
  expect(renderEnd(it as FinishedRemoteJob, true)).toBe(painted);
});

test("an event is a line, aligned below its head, and a document", () => {
  const events = [
    { sequence: 7, time: now, type: "STARTED", job: running },
    { sequence: 8, time: now, type: "ENDED", job: outOfMemory },
    { sequence: 9, time: now, type: "REMOVED", job: succeeded },
    { sequence: 10, time: now, type: "QUEUED", job: waiting },
    { sequence: 11, time: now, type: "STARTED", job: placed },
  ] as const;
  const plain = { color: false };
  expect(
    [eventHead(plain), ...events.map((event) => renderEvent(event, plain))].join("\n"),
  ).toMatchSnapshot();
  const terminal = { columns: 70, color: true };
  const lines = [eventHead(terminal), ...events.map((event) => renderEvent(event, terminal))];
  expect(lines[0]).toBe("TIME      JOB                   EVENT");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const widths = lines.map((text) => text.replace(/\u001b\[\d+m/g, "").length);
  expect(widths.slice(1, 3)).toEqual([70, 70]);
  expect(lines[2]).toContain("oom                   ENDED    \u001b[31mFAILED\u001b[0m, exit code 137");
  expect(lines[3]).toMatch(/^\d\d:\d\d:\d\d {2}fine {18}REMOVED$/);
  expect(eventDocument(events[0])).toEqual({
    ...{ sequence: 7, time: "2026-11-24T12:00:00.000Z", type: "STARTED", job: jobDocument(running) },
  });
});
