import { BUCKETS, callSubject, consumerOf, QUEUE, queueSubject, tokenOf, WARDEN_KEY } from "./names.ts";

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
  const streams = Object.values(BUCKETS).map((bucket) => `KV_${bucket}`);
  const consumers = pools?.map(consumerOf) ?? ["*"];
  return {
    publish: [
      // What is its own.
      ...[`$KV.${BUCKETS.agents}.${own}`, `$KV.${BUCKETS.keys}.${own}.*`, `$KV.${BUCKETS.held}.${own}.*`],
      // What it shares.
      ...[`$KV.${BUCKETS.jobs}.*`, queueSubject("*"), callSubject("*")],
      ...(warden ? [`$KV.${BUCKETS.agents}.*`, `$KV.${BUCKETS.leader}.${WARDEN_KEY}`] : []),
      // To make what is missing, and to read: neither to change nor to empty a stream.
      "$JS.API.INFO",
      ...[...streams, QUEUE].flatMap((stream) => [
        `$JS.API.STREAM.CREATE.${stream}`,
        `$JS.API.STREAM.INFO.${stream}`,
      ]),
      ...streams.flatMap((stream) => [
        `$JS.API.STREAM.MSG.GET.${stream}`,
        ...[`$JS.API.CONSUMER.CREATE.${stream}`, `$JS.API.CONSUMER.CREATE.${stream}.>`],
        ...[`$JS.API.CONSUMER.INFO.${stream}.*`, `$JS.API.CONSUMER.DELETE.${stream}.*`],
        `$JS.FC.${stream}.>`,
      ]),
      `$JS.API.DIRECT.GET.${QUEUE}`,
      `$JS.API.CONSUMER.INFO.${QUEUE}.*`,
      ...consumers.flatMap((consumer) => [
        `$JS.API.CONSUMER.DURABLE.CREATE.${QUEUE}.${consumer}`,
        `$JS.API.CONSUMER.CREATE.${QUEUE}.${consumer}.>`,
        `$JS.API.CONSUMER.MSG.NEXT.${QUEUE}.${consumer}`,
        `$JS.ACK.${QUEUE}.${consumer}.>`,
      ]),
    ],
    subscribe: [`_INBOX.${own}.>`, callSubject(name)],
  };
}
