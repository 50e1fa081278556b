import {
  BUCKETS,
  callSubject,
  consumerOf,
  QUEUE,
  queueSubject,
  streamOf,
  tokenOf,
  WARDEN_KEY,
} from "./names.ts";

/** An agent, as the servers of NATS have to know it. */
export interface FleetUser {
  readonly name: string;
  /** Pools that it may take jobs of. @default all */
  readonly pools?: readonly string[] | undefined;
  /** Whether it may look after lost agents, and so write for them. */
  readonly warden: boolean;
}

export interface Permissions {
  /** Subjects. */
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/**
 * The least that an agent's part in a fleet needs. The record of a job is every agent's to write, as claiming it is a
 * compare-and-set of one key that several may try; what protects it is said in docs/fleet.md.
 * Subjects of the API: https://docs.nats.io/reference/reference-protocols/nats_api_reference
 */
export function permissionsOf({ name, pools, warden }: FleetUser): Permissions {
  const own = tokenOf(name);
  const buckets = Object.values(BUCKETS).map(streamOf);
  const streams = [...buckets, QUEUE];
  const queues = pools?.map((pool) => ({ consumer: consumerOf(pool), subject: queueSubject(pool) })) ?? [
    { consumer: "*", subject: queueSubject("*") },
  ];
  return {
    publish: [
      // What is its own.
      ...[`$KV.${BUCKETS.agents}.${own}`, `$KV.${BUCKETS.keys}.${own}.*`, `$KV.${BUCKETS.held}.${own}.*`],
      // Of any agent, as a job may be removed through any, its output with it.
      `$KV.${BUCKETS.logs}.>`,
      // What it shares.
      ...[`$KV.${BUCKETS.jobs}.*`, queueSubject("*"), callSubject("*")],
      ...(warden ? [`$KV.${BUCKETS.agents}.*`, `$KV.${BUCKETS.leader}.${WARDEN_KEY}`] : []),
      // To make what is missing, and to read: neither to change nor to empty a stream.
      "$JS.API.INFO",
      ...streams.flatMap((stream) => [
        `$JS.API.STREAM.CREATE.${stream}`,
        `$JS.API.STREAM.INFO.${stream}`,
        `$JS.API.STREAM.MSG.GET.${stream}`,
      ]),
      ...buckets.flatMap((stream) => [
        ...[`$JS.API.CONSUMER.CREATE.${stream}`, `$JS.API.CONSUMER.CREATE.${stream}.>`],
        ...[`$JS.API.CONSUMER.INFO.${stream}.*`, `$JS.API.CONSUMER.DELETE.${stream}.*`],
        `$JS.FC.${stream}.>`,
      ]),
      `$JS.API.CONSUMER.INFO.${QUEUE}.*`,
      ...queues.flatMap(({ consumer, subject }) => [
        // With the subject in it: the consumer of one pool does not become that of another.
        `$JS.API.CONSUMER.CREATE.${QUEUE}.${consumer}.${subject}`,
        `$JS.API.CONSUMER.MSG.NEXT.${QUEUE}.${consumer}`,
        `$JS.ACK.${QUEUE}.${consumer}.>`,
      ]),
    ],
    subscribe: [`_INBOX.${own}.>`, callSubject(name)],
  };
}
