import type { FleetContext } from "../../fleet/context.ts";
import { JobError } from "../../job/errors.ts";
import { hasEnded, type RemoteJob, type RemoteJobEvent } from "../../rpc/remote-job.ts";
import { describe } from "./list.ts";

/** The stream is live, from this sequence on. */
export interface Live {
  readonly live: number;
}

/**
 * What happens to jobs of the fleet, by the revisions of their records. Between two looks a record may have changed
 * more than once: only the last of it is told then.
 */
export async function* watchFleet(
  { stores, closing }: FleetContext,
  since: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<RemoteJobEvent | Live, void, undefined> {
  const from = since ?? (await stores.jobs.lastRevision());
  yield { live: from };
  /** Jobs that were told of, as they were then. */
  const known = new Map<string, RemoteJob>();
  const either = AbortSignal.any([signal, closing]);
  for await (const { key, value, revision, damage } of stores.jobs.watch(">", either, from)) {
    // `get` says what is wrong with it.
    if (damage) continue;
    const before = known.get(key);
    const job = value && describe(value)?.job;
    const event = { sequence: revision, time: new Date() };
    if (!job) {
      known.delete(key);
      if (before) yield { ...event, type: "REMOVED", job: before };
      continue;
    }
    known.set(key, job);
    // A record is also written to be kept, or to be stopped.
    if (before && isSame(before, job)) continue;
    const started = job.state.status === "RUNNING" ? "STARTED" : "QUEUED";
    yield { ...event, type: hasEnded(job) ? "ENDED" : started, job };
  }
  if (!signal.aborted) throw new JobError("UNAVAILABLE", "the agent is stopping, or the fleet is away");
}

function isSame(one: RemoteJob, other: RemoteJob): boolean {
  const isOneRun = one.id === other.id && one.fleet?.attempt === other.fleet?.attempt;
  return isOneRun && one.state.status === other.state.status;
}
