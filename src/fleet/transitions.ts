import type { Stored } from "./bucket.ts";
import type { Attempt, FinishedFleetJobState, FleetJob, FleetStop, Order, Sealed } from "./types.ts";

/**
 * What may become of a record, each step in one place and without NATS. Undefined: not from the state it is in.
 * Whoever takes a step writes it by compare-and-set, so it counts only for the record that was looked at.
 */
export type Next = Omit<FleetJob, "write"> | undefined;

/** As it is first written: waits for an agent. */
export function pendingJob(
  { id, name, pool, tenant, retry }: Order,
  order: Sealed,
  now: Date,
): NonNullable<Next> {
  return {
    ...{ version: 1, id, name, pool, tenant, order, attempt: 1, lastAttempt: 1 + retry, fence: 0 },
    queuedAt: now.toISOString(),
    state: { status: "PENDING" },
  };
}

/** @param fence of this claim: the revision of the record that it is made from, so it is higher than any before */
export function claim(job: FleetJob, attempt: Attempt, fence: number): Next {
  if (job.state.status !== "PENDING") return undefined;
  return step(job, { fence, state: { status: "RUNNING", ...attempt } });
}

/** Whether the attempt is this agent's to run. */
export function isHeldBy(job: FleetJob | undefined, agent: string, fence: number): boolean {
  return job?.state.status === "RUNNING" && job.state.agent === agent && job.fence === fence;
}

/**
 * Whether the job went with an agent that was given up for lost. What it has claimed since it joined again did not:
 * whoever lets its jobs run elsewhere may hear of its return late.
 * @param lostAt revision of the heartbeat that says so
 */
export function wentWith(job: FleetJob | undefined, agent: string, lostAt: number): boolean {
  return job?.state.status === "RUNNING" && job.state.agent === agent && job.state.joined < lostAt;
}

/** How an attempt has ended, by who held it. */
export function finish(job: FleetJob, end: FinishedFleetJobState): Next {
  if (job.state.status !== "RUNNING") return undefined;
  return step(job, { state: { ...job.state, ...end } });
}

/** It never ran, and never will. */
export function refuse(job: FleetJob, message: string, now: Date): Next {
  if (job.state.status !== "PENDING") return undefined;
  const state = { status: "FAILED", reason: "START_FAILED", message, finishedAt: now.toISOString() } as const;
  return step(job, { state });
}

/** Waits again without having run: its claim came to nothing. */
export function unclaim(job: FleetJob, now: Date): Next {
  if (job.state.status !== "RUNNING") return undefined;
  // An attempt all the same, as its message in the queue must differ from the one before; but none of the retries.
  return { ...waiting(job, now), lastAttempt: job.lastAttempt + 1 };
}

/** The holder is lost: runs once more where that is allowed, or never again. */
export function lose(job: FleetJob, now: Date): Next {
  if (job.state.status !== "RUNNING") return undefined;
  if (job.attempt < job.lastAttempt && job.stop === undefined) return waiting(job, now);
  const end = { status: "FAILED", reason: "LOST", finishedAt: now.toISOString() } as const;
  return step(job, { state: { ...job.state, ...end } });
}

/** To be written as it is, or with something beside: it does not come to another state by that. */
export function writtenAgain({ value, revision }: Stored<FleetJob>): FleetJob {
  return { ...value, since: value.since ?? revision };
}

/** From here on it does not run again; one that waits never does. */
export function askStop(job: FleetJob, stop: FleetStop, now: Date): Next {
  const asked = { ...job, stop: job.stop ?? stop };
  if (job.state.status === "RUNNING") return asked;
  if (job.state.status !== "PENDING") return undefined;
  const end = { reason: "STOPPED", causedBy: stop.by, finishedAt: now.toISOString() } as const;
  return step(asked, { state: { status: "FAILED", ...end } });
}

export function isFinished(job: FleetJob): job is FleetJob & { readonly state: FinishedFleetJobState } {
  return job.state.status === "SUCCEEDED" || job.state.status === "FAILED";
}

function waiting(job: FleetJob, now: Date): NonNullable<Next> {
  const queuedAt = now.toISOString();
  return step(job, { attempt: job.attempt + 1, queuedAt, state: { status: "PENDING" } });
}

function step(job: FleetJob, change: Partial<FleetJob>): NonNullable<Next> {
  return { ...job, since: undefined, ...change };
}
