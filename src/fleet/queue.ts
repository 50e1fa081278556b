import { JetStreamApiCodes, JetStreamApiError, jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { reaching } from "./bucket.ts";
import { consumerOf, QUEUE, queueSubject } from "./names.ts";
import type { FleetJob, QueuedAttempt } from "./types.ts";

/** Header with the id that a message was published with. */
const MSG_ID = "Nats-Msg-Id";

/**
 * Tells the agents of a pool of an attempt that waits. Telling them again within two minutes changes nothing, and
 * later little: who gets the message looks at the record.
 * @throws JobError UNAVAILABLE
 */
export async function enqueue(
  connection: NatsConnection,
  { pool, name, id, attempt }: Pick<FleetJob, "pool" | "name" | "id" | "attempt">,
): Promise<void> {
  const message: QueuedAttempt = { name, id, attempt };
  const options = { msgID: attemptId({ id, attempt }) };
  await reaching(() => jetstream(connection).publish(queueSubject(pool), JSON.stringify(message), options));
}

/** Tells an attempt from any other, of any job. */
export function attemptId({ id, attempt }: Pick<FleetJob, "id" | "attempt">): string {
  return `${id}.${attempt}`;
}

/**
 * Every attempt that has a message in the queue of a pool, by `attemptId`. A request for each: half a second for 1,000.
 * @throws JobError UNAVAILABLE
 */
export async function queuedAttempts(connection: NatsConnection, pool: string): Promise<ReadonlySet<string>> {
  const { streams } = await reaching(() => jetstreamManager(connection, { checkAPI: false }));
  const found = new Set<string>();
  for (let seq = 1; ; ) {
    const message = await reaching(() => streams.getMessage(QUEUE, nextOf(pool, seq)));
    if (!message) return found;
    found.add(message.header.get(MSG_ID));
    seq = message.seq + 1;
  }
}

/** The server knows such a request since 2.9; the types of the package do not. */
function nextOf(pool: string, seq: number) {
  return { seq, next_by_subj: queueSubject(pool) };
}

/** Whether any agent has ever had this pool. @throws JobError UNAVAILABLE */
export async function isPool(connection: NatsConnection, pool: string): Promise<boolean> {
  const manager = await reaching(() => jetstreamManager(connection, { checkAPI: false }));
  try {
    await reaching(() => manager.consumers.info(QUEUE, consumerOf(pool)));
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.ConsumerNotFound) return false;
    throw error;
  }
}

/** What waits in the queue of a pool. @throws JobError UNAVAILABLE */
export async function queueOf(
  connection: NatsConnection,
  pool: string,
): Promise<{ readonly queued: number; readonly oldestQueuedAt?: Date }> {
  const manager = await reaching(() => jetstreamManager(connection, { checkAPI: false }));
  const consumer = await reaching(() => manager.consumers.info(QUEUE, consumerOf(pool)));
  const queued = consumer.num_pending + consumer.num_ack_pending;
  if (queued === 0) return { queued };
  const oldest = await reaching(() => manager.streams.getMessage(QUEUE, nextOf(pool, 1)));
  return oldest ? { queued, oldestQueuedAt: oldest.time } : { queued };
}
