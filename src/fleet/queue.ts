import { jetstream } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { reaching } from "./bucket.ts";
import { queueSubject } from "./names.ts";
import type { FleetJob, QueuedAttempt } from "./types.ts";

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
  const options = { msgID: `${id}.${attempt}` };
  await reaching(() => jetstream(connection).publish(queueSubject(pool), JSON.stringify(message), options));
}
