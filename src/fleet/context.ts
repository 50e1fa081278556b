import type { NatsConnection } from "@nats-io/transport-node";
import type { JobError } from "../job/errors.ts";
import type { JobService } from "../job/index.ts";
import type { FleetStores } from "./provision.ts";
import type { FleetSettings, Order, Role, Sealed } from "./types.ts";

/** Vouches for texts, and knows whether others may. */
export interface Seals {
  seal(body: string): Sealed;
  /** @throws JobError UNAUTHENTICATED that says why not; UNAVAILABLE when the key cannot be fetched */
  verify(sealed: Sealed): Promise<{ readonly agent: string; readonly body: string }>;
}

/** What the parts of the fleet know of the agent that they belong to. */
export interface FleetHost {
  readonly settings: FleetSettings;
  /** Tells this state directory from any other: made once, kept there. */
  readonly instance: string;
  readonly about: { readonly version: string; readonly hostname: string };
  readonly jobs: Pick<
    JobService,
    | "get"
    | "list"
    | "stop"
    | "wait"
    | "signal"
    | "remove"
    | "streamLogs"
    | "requireRoom"
    | "renewLeases"
    | "leasedUntilMs"
  >;
  readonly log: FleetLog;
  /** Starts the job of an order as the tenant's, in every way as if the tenant had asked this agent. */
  startOrder(order: Order, attempt: AttemptToStart): Promise<{ readonly id: string }>;
  /** Answers as if the caller had called this agent, with one message, or those of a stream. */
  answer(call: ForwardedCall, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** What a caller may know of an error. */
  explain(error: unknown, rpc: string): JobError;
}

/** Calls that an agent makes at another for somebody: they are about one job, by the name it has there. */
export const FORWARDED_RPCS = ["get", "stop", "signal", "remove", "stats", "streamLogs"] as const;
export type ForwardedRpc = (typeof FORWARDED_RPCS)[number];

/** Who called the agent that forwards, as that agent authenticated it. */
export interface ForwardedCaller {
  readonly tenant: string;
  readonly role: Role;
  /** Of the client, for the audit log. */
  readonly address: string;
  readonly fingerprint: string;
}

export interface ForwardedCall {
  readonly rpc: ForwardedRpc;
  /** The message of that RPC. */
  readonly request: Uint8Array;
  readonly caller: ForwardedCaller;
}

export interface AttemptToStart {
  /** Of the job in the fleet; on the host it is `localNameOf` that. */
  readonly name: string;
  readonly fence: number;
  /** Agent that has authenticated the tenant. */
  readonly via: string;
  /** Whether it has to end with the lease of this agent, as it may be run again elsewhere. */
  readonly leased: boolean;
}

export interface FleetLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** The same, once NATS has been reached and everything is there. */
export interface FleetContext extends FleetHost {
  readonly connection: NatsConnection;
  readonly stores: FleetStores;
  readonly seals: Seals;
  /** Aborted when the agent closes: loops end, jobs go on. */
  readonly closing: AbortSignal;
}
