import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { JobError } from "../job/errors.ts";
import { Blocks } from "./blocks.ts";
import { Bucket, type OpenBucket } from "./bucket.ts";
import { BUCKETS, consumerOf, QUEUE, queueSubject, streamOf } from "./names.ts";
import { parseAgentKey, parseBeat, parseFleetJob, parseHeld, parseWardenship } from "./parse.ts";
import { sealValidMs } from "./retention.ts";
import { keyLifeMs } from "./seal.ts";
import type { AgentBeat, AgentKey, FleetJob, FleetSettings, Held, Wardenship } from "./types.ts";

/** A warden that has not been heard of for so long is none any more, in milliseconds. */
export const WARDENSHIP_MS = 15_000;
/** Time in which a message of the queue that comes a second time is known by its id, in milliseconds. */
const DUPLICATES_MS = 120_000;
/** Time that an agent has to claim a job before the queue gives it to another, in milliseconds. */
const CLAIM_MS = 30_000;
/** Jobs that have been given out and not yet claimed, of a pool. */
const MAX_UNCLAIMED = 100_000;

const nanoseconds = (ms: number): number => ms * 1_000_000;

/** Everything that a fleet keeps in NATS. */
export interface FleetStores {
  readonly agents: Bucket<AgentBeat>;
  readonly keys: Bucket<AgentKey>;
  readonly jobs: Bucket<FleetJob>;
  readonly held: Bucket<Held>;
  readonly leader: Bucket<Wardenship>;
  /** Output of finished jobs; empty where no agent keeps any. */
  readonly logs: Blocks;
}

/**
 * Makes the streams and buckets that are not there yet, and the consumers of the agent's pools.
 * @throws JobError HOST_UNSUPPORTED when there are some that differ from what the settings ask, or NATS cannot have
 * them so; UNAVAILABLE
 */
export async function provision(connection: NatsConnection, settings: FleetSettings): Promise<FleetStores> {
  try {
    return await openAll(connection, settings);
  } catch (cause) {
    if (!(cause instanceof JetStreamApiError)) throw cause;
    throw new JobError("HOST_UNSUPPORTED", `NATS cannot keep what the fleet needs: ${cause.message}`, {
      hint: "fleet.replicas and fleet.keep must be the same on all agents, and JetStream must have so many servers",
      cause,
    });
  }
}

async function openAll(connection: NatsConnection, settings: FleetSettings): Promise<FleetStores> {
  const { replicas, keepMs, pools } = settings;
  const manager = await jetstreamManager(connection);
  const { streams } = manager;
  const kvm = new Kvm(jetstream(connection));
  const open = async (bucket: string, ttlMs: number): Promise<OpenBucket> => {
    await openBucket(manager, bucket, replicas, ttlMs);
    const lastRevision = async (filter: string) => {
      const last = await streams.getMessage(streamOf(bucket), { last_by_subj: `$KV.${bucket}.${filter}` });
      return last?.seq ?? 0;
    };
    return { kv: await kvm.open(bucket, { allow_direct: false }), lastRevision };
  };
  const [agents, keys, jobs, held, leader, logs] = await Promise.all([
    open(BUCKETS.agents, keepMs),
    open(BUCKETS.keys, keyLifeMs(sealValidMs(keepMs))),
    open(BUCKETS.jobs, keepMs),
    open(BUCKETS.held, keepMs),
    open(BUCKETS.leader, WARDENSHIP_MS),
    open(BUCKETS.logs, keepMs),
  ]);
  await openQueue(manager, settings);
  await Promise.all(Object.keys(pools).map((pool) => openConsumer(manager, pool)));
  return {
    agents: new Bucket(agents, parseBeat),
    keys: new Bucket(keys, parseAgentKey),
    jobs: new Bucket(jobs, parseFleetJob),
    held: new Bucket(held, parseHeld),
    leader: new Bucket(leader, parseWardenship),
    logs: new Blocks(logs.kv),
  };
}

/**
 * Made here and not by `Kvm`, which lets a writer of any key empty the whole bucket (`Nats-Rollup: all`).
 * What a bucket is: https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
async function openBucket(
  manager: JetStreamManager,
  bucket: string,
  replicas: number,
  ttlMs: number,
): Promise<void> {
  const name = streamOf(bucket);
  const config =
    (await configOf(manager, name)) ??
    (
      await manager.streams.add({
        name,
        subjects: [`$KV.${bucket}.>`],
        max_msgs_per_subject: 1,
        retention: RetentionPolicy.Limits,
        storage: StorageType.File,
        discard: DiscardPolicy.New,
        num_replicas: replicas,
        max_age: nanoseconds(ttlMs),
        // Answers of a copy that lags behind would contradict what was just written.
        allow_direct: false,
        allow_rollup_hdrs: false,
      })
    ).config;
  checkReplicas(bucket, config.num_replicas, replicas);
  if (!config.allow_rollup_hdrs) return;
  throw new JobError("HOST_UNSUPPORTED", `every agent may empty ${bucket} in NATS, as it allows roll-ups`, {
    hint: `set allow_rollup_hdrs of the stream ${name} to false with the tools of NATS`,
  });
}

async function configOf(manager: JetStreamManager, stream: string): Promise<StreamConfig | undefined> {
  try {
    return (await manager.streams.info(stream)).config;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)
      return undefined;
    throw error;
  }
}

async function openQueue(manager: JetStreamManager, { replicas, keepMs }: FleetSettings): Promise<void> {
  await manager.streams.add({
    name: QUEUE,
    subjects: [queueSubject("*")],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    num_replicas: replicas,
    // What is got directly is sent as it is wherever the one who asks says: also where that one may not write.
    allow_direct: false,
    max_age: nanoseconds(keepMs),
    duplicate_window: nanoseconds(Math.min(DUPLICATES_MS, keepMs)),
  });
  const { config } = await manager.streams.info(QUEUE);
  checkReplicas(QUEUE, config.num_replicas, replicas);
}

/** The queue of a pool; made by whoever comes first, also by who only sends jobs there. */
export async function openConsumer(manager: JetStreamManager, pool: string): Promise<void> {
  await manager.consumers.add(QUEUE, {
    durable_name: consumerOf(pool),
    filter_subject: queueSubject(pool),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    ack_wait: nanoseconds(CLAIM_MS),
    max_ack_pending: MAX_UNCLAIMED,
    max_deliver: -1,
  });
}

function checkReplicas(what: string, got: number, asked: number): void {
  if (got === asked) return;
  throw new JobError(
    "HOST_UNSUPPORTED",
    `NATS keeps ${got} copies of ${what}, fleet.replicas asks for ${asked}`,
    {
      hint: `set fleet.replicas to ${got}, or change the stream with the tools of NATS`,
    },
  );
}
