import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamPublishOptions,
  jetstream,
  jetstreamManager,
} from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { reaching } from "./bucket.ts";
import { consumerOf, QUEUE, queueSubject } from "./names.ts";
import { parseQueued } from "./parse.ts";
import type { FleetJob, QueuedAttempt } from "./types.ts";

/** An attempt that an agent of the pool shall take. */
type Waiting = Pick<FleetJob, "pool" | "name" | "id" | "attempt">;

/**
 * Tells the agents of a pool of an attempt that waits. Telling them again within two minutes changes nothing, and
 * later little: who gets the message looks at the record.
 * @throws JobError UNAVAILABLE
 */
export async function enqueue(connection: NatsConnection, waiting: Waiting): Promise<void> {
  await publish(connection, waiting, { msgID: attemptId(waiting) });
}

/** The same where the message is gone: NATS would take it for one that it has. @throws JobError UNAVAILABLE */
export async function enqueueAgain(connection: NatsConnection, waiting: Waiting): Promise<void> {
  await publish(connection, waiting, {});
}

async function publish(
  connection: NatsConnection,
  { pool, name, id, attempt }: Waiting,
  options: Partial<JetStreamPublishOptions>,
): Promise<void> {
  const message: QueuedAttempt = { name, id, attempt };
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
    const queued = readQueued(message);
    if (queued) found.add(attemptId(queued));
    seq = message.seq + 1;
  }
}

/** Undefined: it makes no sense, and never will. */
export function readQueued(message: { json(): unknown }): QueuedAttempt | undefined {
  try {
    return parseQueued(message.json());
  } catch {
    return undefined;
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
