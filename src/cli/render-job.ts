import type { FinishedState, Job, Reason, Status } from "../job/types.ts";
import { formatDuration } from "./duration.ts";
import { fields, table } from "./output.ts";
import { commandLine, printable } from "./quote.ts";

/** A job as `-o json` and `-o yaml` print it: every key is always there, null where it has no value. */
export interface JobDocument {
  readonly name: string;
  readonly id: string;
  readonly createdBy: string;
  readonly status: Status;
  readonly exitCode: number | null;
  readonly reason: Reason | null;
  readonly signal: string | null;
  readonly causedBy: string | null;
  readonly pid: number | null;
  readonly command: string;
  readonly args: readonly string[];
  readonly workingDir: string;
  readonly createdAt: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly logBytes: number;
}

export function jobDocument(job: Job): JobDocument {
  const { state } = job;
  const finished = state.status === "RUNNING" ? undefined : state;
  return {
    name: job.name,
    id: job.id,
    createdBy: job.createdBy,
    status: state.status,
    exitCode: exitCodeOf(state) ?? null,
    reason: finished?.reason ?? null,
    signal: signalOf(state) ?? null,
    causedBy: finished?.causedBy ?? null,
    pid: state.status === "RUNNING" ? state.pid : null,
    command: job.command,
    args: job.args,
    workingDir: job.workingDir,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt.toISOString(),
    finishedAt: finished?.finishedAt.toISOString() ?? null,
    logBytes: job.logBytes,
  };
}

/** One job, a field a line. */
export function renderJob(job: Job, now = new Date()): string {
  const { state } = job;
  const end = state.status === "RUNNING" ? now : state.finishedAt;
  const rows: [string, string][] = [
    ["Name", job.name],
    ["Status", state.status],
    ["Exit code", String(exitCodeOf(state) ?? "-")],
  ];
  if (state.status !== "RUNNING") rows.push(["Reason", describeReason(state)]);
  rows.push(
    ["Created by", printable(job.createdBy)],
    ["Created at", job.createdAt.toISOString()],
    ["Started at", job.startedAt.toISOString()],
  );
  if (state.status !== "RUNNING") rows.push(["Finished at", state.finishedAt.toISOString()]);
  rows.push(
    ["Ran for", formatDuration(end.getTime() - job.startedAt.getTime())],
    ["Command", commandLine([job.command, ...job.args])],
    ["Working dir", printable(job.workingDir)],
  );
  if (state.status === "RUNNING") rows.push(["Process id", String(state.pid)]);
  rows.push(["Log size", formatBytes(job.logBytes)], ["Id", job.id]);
  return fields(rows);
}

/** Jobs, one a line; `columns` is how wide a line may be. */
export function renderJobs(
  jobs: readonly Job[],
  now = new Date(),
  columns = Number.POSITIVE_INFINITY,
): string {
  const rows = jobs.map((job) => [
    job.name,
    job.state.status,
    String(exitCodeOf(job.state) ?? "-"),
    printable(job.createdBy),
    `${formatDuration(now.getTime() - job.createdAt.getTime())} ago`,
    commandLine([job.command, ...job.args]),
  ]);
  const text = table(["NAME", "STATUS", "EXIT CODE", "CREATED BY", "CREATED", "COMMAND"], rows);
  return text
    .split("\n")
    .map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line))
    .join("\n");
}

/** `foo: FAILED, exit code 143 (stopped by bob)`: how a job ended, in a line. */
export function renderEnd(name: string, state: FinishedState): string {
  const exitCode = exitCodeOf(state);
  const code = exitCode === undefined ? "no exit code" : `exit code ${exitCode}`;
  const why = state.reason === "EXITED" ? "" : ` (${describeReason(state)})`;
  return `${name}: ${state.status}, ${code}${why}`;
}

/** Undefined while the job runs, and for one that ended without. */
export function exitCodeOf(state: Job["state"]): number | undefined {
  return "exitCode" in state ? state.exitCode : undefined;
}

function signalOf(state: Job["state"]): string | undefined {
  return "signal" in state ? state.signal : undefined;
}

function describeReason(state: FinishedState): string {
  const signal = signalOf(state);
  const by = state.causedBy ? ` by ${printable(state.causedBy)}` : "";
  const meanings = {
    EXITED: "exited by itself",
    SIGNALED: "killed from outside LPR",
    STOPPED: `stopped${by}`,
    TIMED_OUT: "ran longer than its time-out",
    OOM_KILLED: "went over its memory limit",
    START_FAILED: "could not be started",
    LOST: "how it ended is not known",
  } satisfies Record<Reason, string>;
  return signal === undefined ? meanings[state.reason] : `${meanings[state.reason]}, ${signal}`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${["B", "KiB", "MiB", "GiB", "TiB"][power]} (${bytes} bytes)`;
}
