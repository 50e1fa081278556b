import { sealedAnew } from "./claim.ts";
import { pause } from "./connect.ts";
import type { FleetContext } from "./context.ts";
import { attemptId, enqueueAgain, queuedAttempts } from "./queue.ts";
import { keepAgainMs } from "./retention.ts";
import type { FleetJob } from "./types.ts";

/** Time from the begin of an office to its first look at all that waits, in milliseconds. */
const FIRST_LOOK_MS = 5_000;
/** Time between two looks, in milliseconds; more where a look takes longer than a hundredth of it. */
const LOOK_MS = 60_000;
const SHARE = 100;
/** Time after which a job should be in its queue whatever happened, in milliseconds. */
const OVERDUE_MS = 60_000;

/**
 * What waits and has no message in the queue of its pool gets one, and stays on record. An agent may have gone between
 * the record and the message; and where NATS 2.9 lost one leader after the other, four of 1,000 jobs waited without one.
 */
export async function watchWaiting(context: FleetContext, signal: AbortSignal): Promise<void> {
  await pause(FIRST_LOOK_MS, signal);
  while (!signal.aborted) {
    const began = performance.now();
    await look(context, signal);
    const took = performance.now() - began;
    await pause(Math.max(LOOK_MS, SHARE * took), signal);
  }
}

async function look(context: FleetContext, signal: AbortSignal): Promise<void> {
  const { stores, connection, settings, log } = context;
  const queues = new Map<string, ReturnType<typeof queuedAttempts>>();
  const isQueued = async (job: FleetJob): Promise<boolean> => {
    const queue = queues.get(job.pool) ?? queuedAttempts(connection, job.pool);
    queues.set(job.pool, queue);
    return (await queue).has(attemptId(job));
  };
  for await (const { key, value, revision, writtenAt } of stores.jobs.all()) {
    if (signal.aborted) return;
    if (value?.state.status !== "PENDING") continue;
    const waits = Date.now() - Date.parse(value.queuedAt);
    if (waits > OVERDUE_MS && !(await isQueued(value))) {
      log.info(`job ${value.name} of the fleet waits without being in a queue: it is put there again`);
      await enqueueAgain(connection, value);
    }
    if (Date.now() - writtenAt.getTime() > keepAgainMs(settings.keepMs)) {
      await stores.jobs.replace(key, await sealedAnew(context, { value, revision }), revision);
    }
  }
}
