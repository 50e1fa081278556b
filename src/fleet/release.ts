import { JobError } from "../job/errors.ts";
import { waitsSince } from "./attempts.ts";
import type { FleetContext } from "./context.ts";
import { heldKey, tokenOf } from "./names.ts";
import { enqueue } from "./queue.ts";
import { lose, wentWith } from "./transitions.ts";

type ReleaseContext = Pick<FleetContext, "stores" | "connection" | "log">;

/** An agent that was given up for lost. */
export interface LostAgent {
  readonly agent: string;
  /** Revision of the heartbeat that says so. */
  readonly lostAt: number;
}

/**
 * Lets the jobs of a lost agent run elsewhere, where they may; others are lost. Done again after it was cut off at any
 * point, or by somebody else at the same time, it comes to the same.
 * @throws JobError UNAVAILABLE
 */
export async function releaseJobs(
  context: ReleaseContext,
  lost: LostAgent,
  signal: AbortSignal,
): Promise<void> {
  const prefix = `${tokenOf(lost.agent)}.`;
  for (const key of await context.stores.held.keys(`${prefix}*`)) {
    if (signal.aborted) return;
    const name = key.slice(prefix.length);
    try {
      await releaseJob(context, lost, name);
    } catch (error) {
      if (!(error instanceof JobError) || error.code !== "INTERNAL") throw error;
      // Nobody can say what is to become of that one; the others must not wait for it.
      context.log.error(`job ${name} of the fleet, on ${lost.agent}, is left as it is`, error);
    }
  }
}

async function releaseJob(
  { stores, connection, log }: ReleaseContext,
  { agent, lostAt }: LostAgent,
  name: string,
): Promise<void> {
  const held = await stores.held.get(heldKey(agent, name));
  const record = held && (await stores.jobs.get(name));
  if (!held || !record) return;
  // Whoever made it wait may have gone before its message was in the queue.
  if (waitsSince(record.value, { name, fence: held.value.fence })) await enqueue(connection, record.value);
  if (!wentWith(record.value, agent, lostAt)) return;
  const next = lose(record.value, new Date());
  if (!next || !(await stores.jobs.replace(name, next, record.revision))) return;
  const runsAgain = next.state.status === "PENDING";
  if (runsAgain) await enqueue(connection, next);
  log.warn(`job ${name} of the fleet was on ${agent}: it ${runsAgain ? "runs again" : "is lost"}`);
}
