import { expect, test } from "bun:test";
import { formatAge } from "../../src/cli/age.ts";
import { fitTable } from "../../src/cli/fit-table.ts";
import { renderJobs } from "../../src/cli/render-jobs.ts";
import { type SortKey, sortJobs } from "../../src/cli/sort-jobs.ts";
import type { RemoteJob } from "../../src/client/client.ts";
import type { Job, JobState } from "../../src/job/types.ts";
import { aJob, aWaitingJob } from "./a-job.ts";

const now = new Date("2026-11-24T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const job = (name: string, startedAt: Date, state: JobState, more: Partial<Job> = {}) =>
  aJob(name, state, { createdAt: startedAt, startedAt, command: "/bin/sleep", args: ["60"], ...more });

const jobs = [
  job(
    "web-of-the-third-floor",
    minutesAgo(1),
    { status: "RUNNING", pid: 7 },
    {
      command: "/usr/local/bin/web-server",
      args: ["--listen", "0.0.0.0:8080"],
    },
  ),
  job("fine", minutesAgo(60), {
    status: "SUCCEEDED",
    reason: "EXITED",
    exitCode: 0,
    finishedAt: minutesAgo(59.5),
  }),
  job("oom", minutesAgo(3 * 24 * 60), {
    ...{
      status: "FAILED",
      reason: "OOM_KILLED",
      exitCode: 137,
      signal: "SIGKILL",
      finishedAt: minutesAgo(9),
    },
  }),
  job("gone", minutesAgo(30), { status: "FAILED", reason: "LOST", finishedAt: minutesAgo(10) }),
].map((it) => ({ job: it }));

test("the list shows how each job ended and when, and fits a terminal of 80 columns", () => {
  expect(renderJobs(jobs, { now })).toMatchSnapshot();
  const narrow = renderJobs(jobs, { now, width: 80 });
  expect(narrow).toMatchSnapshot();
  expect(Math.max(...narrow.split("\n").map((line) => line.length))).toBe(80);
});

test("a list of a fleet shows pool and agent, and of a job that waits nothing that it does not have", () => {
  const [running] = jobs;
  const waiting = aWaitingJob("waits", { command: "make", args: [], createdAt: minutesAgo(2) });
  const { fleet } = waiting;
  const placed = { ...running?.job, ...(fleet && { fleet: { ...fleet, agent: "b1.example.org" } }) };
  const lines = renderJobs([{ job: waiting }, { job: placed as RemoteJob }], { now }).split("\n");
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["NAME", "STATUS", "EXIT", "TENANT", "POOL", "AGENT", "CREATED", "RAN FOR", "COMMAND"],
    ["waits", "PENDING", "-", "alice", "build", "-", "2m ago", "-", "make"],
    [
      ...["web-of-the-third-floor", "RUNNING", "-", "alice", "build", "b1.example.org", "60s ago", "60s"],
      "/usr/local/bin/web-server --listen 0.0.0.0:8080",
    ],
  ]);
  expect(sortJobs([{ job: waiting }, { job: placed as RemoteJob }], "duration", now)[0]?.job.name).toBe(
    "web-of-the-third-floor",
  );
});

test("on a narrow terminal the command gives way first, then tenant and name, and no line is broken", () => {
  const short = jobs.slice(1);
  for (const width of [60, 64, 70]) {
    const lines = renderJobs(short, { now, width }).split("\n");
    expect(Math.max(...lines.map((text) => text.length))).toBe(width);
  }
  expect(renderJobs(short, { now, width: 66 }).split("\n")[1]).toEndWith("  30s      /bin/s…");
});

test("where that is not enough the last columns are left out", () => {
  for (const width of [12, 20, 40, 50]) {
    const lines = renderJobs(jobs, { now, width }).split("\n");
    expect(Math.max(...lines.map((text) => text.length))).toBeLessThanOrEqual(width);
  }
  expect(renderJobs(jobs, { now, width: 40 }).split("\n")[0]?.split(/ +/)).toEqual([
    "NAME",
    "STATUS",
    "EXIT",
  ]);
});

test("colour changes nothing of the layout", () => {
  const colored = renderJobs(jobs, { now, width: 80, color: true });
  expect(colored).toContain("\u001b[33mRUNNING  \u001b[0m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(renderJobs(jobs, { now, width: 80 }));
});

test("with jobs of several agents each line begins with its agent", () => {
  const [first, ...rest] = renderJobs(
    jobs.map((it) => ({ ...it, context: "web1" })),
    { now },
  ).split("\n");
  expect(first).toStartWith("CONTEXT  NAME ");
  expect(rest.every((line) => line.startsWith("web1     "))).toBe(true);
});

test("columns that may be cut give way, the last first, others never; wide characters count twice", () => {
  const columns = [{ head: "A", least: 3 }, { head: "B" }, { head: "C", least: 2 }];
  const rows = [["aaaaaaaa", "bbbb", "日本語日本語"]];
  const lines = (width: number) => fitTable(columns, rows, width).split("\n");
  expect(lines(30)[1]).toBe("aaaaaaaa  bbbb  日本語日本語");
  expect(lines(23)[1]).toBe("aaaaaaaa  bbbb  日本語…");
  expect(lines(17)[1]).toBe("aaaaaa…  bbbb  …");
  expect(lines(13)[1]).toBe("aa…  bbbb  …");
  expect(lines(12)[1]).toBe("aaaaa…  bbbb");
  expect(lines(5)).toEqual(["A", "aaaa…"]);
});

test.each([
  ["created", ["web-of-the-third-floor", "gone", "fine", "oom"]],
  ["name", ["fine", "gone", "oom", "web-of-the-third-floor"]],
  ["status", ["gone", "oom", "web-of-the-third-floor", "fine"]],
  ["duration", ["oom", "gone", "web-of-the-third-floor", "fine"]],
] as const)("jobs are sorted by %s", (key: SortKey, names) => {
  expect(sortJobs(jobs.toReversed(), key, now).map((it) => it.job.name)).toEqual([...names]);
});

test.each([
  [-5, "0s"],
  [119_999, "119s"],
  [120_000, "2m"],
  [7_199_999, "119m"],
  [7_200_000, "2h"],
  [48 * 3_600_000, "2d"],
  [800 * 86_400_000, "2y"],
])("%d ms are %p", (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

test("a name that is cut keeps its end, by which names that were made differ", () => {
  const named = (name: string) => ({ job: job(name, minutesAgo(1), { status: "RUNNING", pid: 7 }) });
  const alike = [named("importer-of-the-warehouse-x7k2p"), named("importer-of-the-warehouse-b3m9q")];
  const [, ...rows] = renderJobs(alike, { now, width: 60 }).split("\n");
  expect(rows.map((row) => row.split(" ")[0])).toEqual(["importer…e-x7k2p", "importer…e-b3m9q"]);
});
