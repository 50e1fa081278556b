import type { FinishedRemoteJob, RemoteJob, RemoteStatus } from "../client/client.ts";
import { hasEnded } from "../client/ended.ts";
import type { KillMode, Labels, Limits, OutputMode, Reason } from "../job/types.ts";
import { paintStatus } from "./color.ts";
import { formatDuration } from "./duration.ts";
import { printable } from "./quote.ts";
import { limitsDocument } from "./render-limits.ts";
import { type UsageDocument, usageDocument } from "./render-usage.ts";
import { formatSize } from "./size.ts";

/** A job as `-o json` and `-o yaml` print it: every key is always there, null where it has no value. */
export interface JobDocument {
  readonly name: string;
  readonly id: string;
  readonly createdBy: string;
  readonly status: RemoteStatus;
  readonly exitCode: number | null;
  readonly reason: Reason | null;
  readonly signal: string | null;
  readonly causedBy: string | null;
  readonly pid: number | null;
  readonly command: string;
  readonly args: readonly string[];
  readonly workingDir: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly output: OutputMode;
  readonly logBytes: number;
  readonly maxLogBytes: number | null;
  readonly logDiscardedBytes: number;
  readonly labels: Labels;
  readonly killMode: KillMode;
  readonly timeoutAt: string | null;
  readonly limits: Record<keyof Limits, number | string | null>;
  readonly limitsInEffect: Record<keyof Limits, number | string | null>;
  readonly usage: UsageDocument | null;
  readonly isolated: boolean;
  readonly user: string | null;
  readonly fleet: FleetDocument | null;
  readonly message: string | null;
}

/** How a job of a fleet is placed. */
export interface FleetDocument {
  readonly pool: string;
  readonly agent: string | null;
  readonly attempt: number;
  readonly fence: number;
  readonly retry: number;
  readonly queuedAt: string;
}

export function jobDocument(job: RemoteJob): JobDocument {
  const { state } = job;
  const finished = hasEnded(job) ? job.state : undefined;
  return {
    name: job.name,
    id: job.id,
    createdBy: job.createdBy,
    status: state.status,
    exitCode: exitCodeOf(state) ?? null,
    reason: finished?.reason ?? null,
    signal: signalOf(state) ?? null,
    causedBy: finished?.causedBy ?? null,
    pid: state.status === "RUNNING" ? state.pid || null : null,
    command: job.command,
    args: job.args,
    workingDir: job.workingDir,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: finished?.finishedAt.toISOString() ?? null,
    output: job.output,
    logBytes: job.logBytes,
    maxLogBytes: job.maxLogBytes ?? null,
    logDiscardedBytes: job.logDiscardedBytes,
    labels: job.labels,
    killMode: job.killMode,
    timeoutAt: job.timeoutAt?.toISOString() ?? null,
    limits: limitsDocument(job.limits),
    limitsInEffect: limitsDocument(job.limitsInEffect),
    usage: job.usage ? usageDocument(job.usage) : null,
    isolated: job.isolated,
    user: job.user || null,
    fleet: job.fleet
      ? { ...job.fleet, agent: job.fleet.agent ?? null, queuedAt: job.fleet.queuedAt.toISOString() }
      : null,
    message: job.message ?? null,
  };
}

/** `foo: FAILED, exit code 143 (stopped by bob)`: how a job ended, in a line. */
export function renderEnd(job: FinishedRemoteJob, color = false): string {
  return `${job.name}: ${describeEnd(job, color)}`;
}

export function describeEnd(job: FinishedRemoteJob, color = false): string {
  const { status } = job.state;
  const exitCode = exitCodeOf(job.state);
  const code = exitCode === undefined ? "no exit code" : `exit code ${exitCode}`;
  const why = job.state.reason === "EXITED" ? "" : ` (${describeReason(job)})`;
  return `${color ? paintStatus(status, status) : status}, ${code}${why}`;
}

/** Undefined until the job has ended, and for one that ended without. */
export function exitCodeOf(state: RemoteJob["state"]): number | undefined {
  return "exitCode" in state ? state.exitCode : undefined;
}

function signalOf(state: RemoteJob["state"]): string | undefined {
  return "signal" in state ? state.signal : undefined;
}

function describeReason(job: FinishedRemoteJob): string {
  const { state } = job;
  const signal = signalOf(state);
  const by = state.causedBy ? ` by ${printable(state.causedBy)}` : "";
  const meanings = {
    EXITED: "exited by itself",
    SIGNALED: "killed",
    STOPPED: `stopped${by}`,
    TIMED_OUT: `stopped by its time-out${timeoutOf(job)}`,
    OOM_KILLED: `killed for want of memory${memoryOf(job)}`,
    LEASE_EXPIRED: "killed, as its host was cut off from the fleet",
    START_FAILED: `could not be started${job.message ? `: ${printable(job.message)}` : ""}`,
    LOST: "how it ended is not known",
  } satisfies Record<Reason, string>;
  if (signal === undefined) return meanings[state.reason];
  return `${meanings[state.reason]}${state.reason === "SIGNALED" ? " by" : ","} ${signal}`;
}

/** The time-out as it was asked for: it counts from when the job was created, so the job ran for less than that. */
export function timeoutOf({ timeoutAt, createdAt }: RemoteJob): string {
  return timeoutAt ? ` of ${formatDuration(timeoutAt.getTime() - createdAt.getTime())}` : "";
}

function memoryOf({ limitsInEffect, usage }: RemoteJob): string {
  const limit = limitsInEffect.memoryBytes;
  const peak = usage?.memoryPeakBytes;
  const facts = [
    limit === undefined ? "no limit of its own: the host had none left" : `limit ${formatSize(limit)}`,
    ...(peak === undefined ? [] : [`peak ${formatSize(peak)}`]),
  ];
  return ` (${facts.join(", ")})`;
}
