import type { FleetContext } from "../../fleet/context.ts";
import { JobError } from "../../job/errors.ts";
import { hasEnded, type RemoteJob, type RemoteJobEvent } from "../../rpc/remote-job.ts";
import { describe } from "./list.ts";

/** The stream is live, from this sequence on. */
export interface Live {
  readonly live: number;
}

/** What was told of a job last. */
interface Told {
  readonly job: RemoteJob;
  /** Revision with which it came to be so. */
  readonly since: number;
}

/** Jobs that have ended and may be told of once more, when they are removed. */
const MAX_ENDED = 10_000;

/**
 * What happens to jobs of the fleet, by the revisions of their records. Between two looks a record may have changed
 * more than once: only the last of it is told then.
 */
export async function* watchFleet(
  { stores, closing }: FleetContext,
  from: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<RemoteJobEvent | Live, void, undefined> {
  const live = from ?? (await stores.jobs.lastRevision());
  yield { live };
  const told = new Map<string, Told>();
  const either = AbortSignal.any([signal, closing]);
  for await (const { key, value, revision, damage } of stores.jobs.watch(">", either, live)) {
    // `get` says what is wrong with it.
    if (damage) continue;
    const before = told.get(key);
    const job = value && describe(value)?.job;
    const event = { sequence: revision, time: new Date() };
    told.delete(key);
    if (!job) {
      if (before) yield { ...event, type: "REMOVED", job: before.job };
      continue;
    }
    const { since = revision } = value;
    told.set(key, { job, since });
    forgetEnded(told);
    // A record is also written to be kept, or to be stopped.
    if (since <= live || since === before?.since) continue;
    const started = job.state.status === "RUNNING" ? "STARTED" : "QUEUED";
    yield { ...event, type: hasEnded(job) ? "ENDED" : started, job };
  }
  if (!signal.aborted) throw new JobError("UNAVAILABLE", "the agent is stopping, or the fleet is away");
}

/** The one that was told of first, where there are too many. */
function forgetEnded(told: Map<string, Told>): void {
  if (told.size <= MAX_ENDED) return;
  for (const [key, { job }] of told) {
    if (!hasEnded(job)) continue;
    told.delete(key);
    return;
  }
}
