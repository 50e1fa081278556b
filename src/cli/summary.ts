import type { FinishedRemoteJob, RemoteJob } from "../client/client.ts";
import { hasEnded } from "../client/ended.ts";
import type { Reason, Usage } from "../job/types.ts";
import { formatDuration } from "./duration.ts";
import { printable } from "./quote.ts";
import { timeoutOf } from "./render-job.ts";
import { formatSize } from "./size.ts";

/** A job of which the agent's host says what it uses now, where it does. */
export interface ObservedJob {
  readonly job: RemoteJob;
  readonly usage?: Usage | undefined;
  readonly now: Date;
}

/** From these shares on a resource is worth a sentence, in percent. */
const SLOWED = 10;
const NEARLY_FULL = 90;

/** How a job is doing or why it ended in one sentence, and what else somebody would want to know first. */
export function summarize(observed: ObservedJob): string[] {
  const { job } = observed;
  if (job.state.status === "PENDING") return [waits(observed)];
  const running = job.state.status === "RUNNING";
  const first = hasEnded(job) ? end(job) : `${job.name} has been running for ${ranFor(observed)}`;
  return [first, ...throttling(observed), ...outOfMemory(observed), ...(running ? strains(observed) : [])];
}

/** Time from its start to its end, or to now; 0 of one that never ran. */
export function ranForMs({ job: { state, startedAt }, now }: ObservedJob): number {
  if (!startedAt) return 0;
  const end = "finishedAt" in state ? state.finishedAt : now;
  return Math.max(0, end.getTime() - startedAt.getTime());
}

/** Of a job that no host runs: whether it has been on one before is worth knowing. */
function waits({ job: { name, fleet }, now }: ObservedJob): string {
  if (!fleet) return `${name} waits for a host`;
  const { pool, attempt, queuedAt } = fleet;
  const since = formatDuration(Math.max(0, now.getTime() - queuedAt.getTime()));
  const again = attempt > 1 ? `, for its attempt ${attempt}` : "";
  return `${name} has been waiting for a slot in pool ${printable(pool)} for ${since}${again}`;
}

function ranFor(observed: ObservedJob): string {
  return formatDuration(ranForMs(observed));
}

function end(job: FinishedRemoteJob): string {
  const { name, state } = job;
  const after = `after ${ranFor({ job, now: state.finishedAt })}`;
  const by = state.causedBy ? ` by ${printable(state.causedBy)}` : "";
  const signal = "signal" in state ? state.signal : undefined;
  const killed = signal === "SIGKILL" ? ", and had to be killed" : "";
  const exitCode = "exitCode" in state ? state.exitCode : undefined;
  const sentences: Record<Reason, string> = {
    EXITED: exitCode === 0 ? `succeeded ${after}` : `failed ${after} with exit code ${exitCode}`,
    SIGNALED: `was killed by ${signal} ${after}`,
    STOPPED: `was stopped${by} ${after}${killed}`,
    TIMED_OUT: `was stopped by its time-out${timeoutOf(job)}${killed}`,
    OOM_KILLED: `was killed ${after}: ${wantOfMemory(job)}`,
    LEASE_EXPIRED: `was killed ${after}: its host was cut off from the fleet`,
    START_FAILED: `could not be started${job.message ? `: ${printable(job.message)}` : ""}`,
    LOST: lost(job),
  };
  return `${name} ${sentences[state.reason]}`;
}

function lost({ fleet }: RemoteJob): string {
  const known = "ended while nobody looked on: its supervisor was killed, or the host went down";
  if (!fleet?.agent) return known;
  return `was given up: nothing was heard of agent ${printable(fleet.agent)}, or of what became of the job there`;
}

function wantOfMemory({ limitsInEffect: { memoryBytes } }: RemoteJob): string {
  if (memoryBytes === undefined) return "the host had no memory left; the job had no limit of its own";
  return `it needed more than its ${formatSize(memoryBytes)} of memory`;
}

function throttling(observed: ObservedJob): string[] {
  const { usage, job } = observed;
  const share = percentOf(usage?.throttledMs, ranForMs(observed));
  const cores = job.limitsInEffect.cpuCores;
  if (share === undefined || share < SLOWED || cores === undefined) return [];
  // The kernel sums over the processors: more than all of the time is possible.
  const often = share >= 100 ? "nearly all of the time" : `${share}% of the time`;
  return [`held back ${often} by its limit of ${cores} ${cores === 1 ? "core" : "cores"}`];
}

/** Of a job that went on without them. */
function outOfMemory({ usage, job: { state } }: ObservedJob): string[] {
  const killed = usage?.oomKills ?? 0;
  if (killed === 0 || ("reason" in state && state.reason === "OOM_KILLED")) return [];
  return [`lost ${killed} of its processes, killed for want of memory`];
}

/** What makes a running job slow, or may soon end it. */
function strains({ usage, job: { limitsInEffect: limits } }: ObservedJob): string[] {
  const found: string[] = [];
  const memory = percentOf(usage?.memoryBytes, limits.memoryBytes);
  if (memory !== undefined && memory >= NEARLY_FULL) {
    found.push(`uses ${memory}% of its memory; it is killed when it needs more than that`);
  }
  const processes = percentOf(usage?.processes, limits.pids);
  if (processes !== undefined && processes >= NEARLY_FULL) {
    found.push(`has ${processes}% of the processes it may have; further ones fail to start`);
  }
  for (const [resource, what] of [
    ["memory", "memory"],
    ["io", "the disk"],
  ] as const) {
    const waited = usage?.pressure?.[resource]?.someAvg10 ?? 0;
    if (waited >= SLOWED) found.push(`waited for ${what} ${Math.round(waited)}% of the last 10s`);
  }
  return found;
}

/** Whole percent; undefined where one of them is not known. */
export function percentOf(value: number | undefined, whole: number | undefined): number | undefined {
  if (value === undefined || whole === undefined || whole <= 0) return undefined;
  return Math.round((value / whole) * 100);
}
