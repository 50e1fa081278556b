// What agents tell each other through NATS. Each value is JSON in a bucket of its own; `write` tells a writer whose
// answer was lost that the write is its own.

/** What a role may do is for the agent to know. */
export type Role = "admin" | "user";

/** A text that an agent vouches for. */
export interface Sealed {
  /** Of `lpr_keys`: `AGENT.KEYID`, the agent's name as `tokenOf` writes it. */
  readonly key: string;
  /** JSON; signed as it is here. */
  readonly body: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** The public half of a key that an agent has made for its seals: `lpr_keys`, key AGENT.KEYID. */
export interface AgentKey {
  readonly agent: string;
  /** Ed25519, SPKI DER, base64. */
  readonly publicKey: string;
  /** ISO 8601. */
  readonly notAfter: string;
  /** PEM: the agent's certificate, then intermediate ones. */
  readonly certificates: string;
  /** By the key of that certificate, over all of the above: base64. */
  readonly signature: string;
  readonly write: string;
}

/** What `agent.yaml` says of the fleet, checked. */
export interface FleetSettings {
  /** `nats://HOST:PORT` or `tls://HOST:PORT`, one at least. */
  readonly servers: readonly string[];
  /** Path of a `.creds` file, or of one that holds an nkey seed. @default none */
  readonly credentials?: string | undefined;
  /** Paths of PEM files. @default none */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string } | undefined;
  /** A DNS name in the agent's certificate. */
  readonly name: string;
  /** Copies that NATS keeps of everything: 1, 3 or 5. */
  readonly replicas: number;
  /** Time between two heartbeats, in milliseconds. */
  readonly heartbeatMs: number;
  /** Time for which a job with `retry` may run without a heartbeat that was acknowledged, in milliseconds. */
  readonly leaseMs: number;
  /** How long finished jobs stay on record, in milliseconds. */
  readonly keepMs: number;
  /** Whether the output of jobs that have ended here is copied to NATS. */
  readonly archive: boolean;
  /** Whether this agent may look after lost ones. */
  readonly warden: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly pools: Readonly<Record<string, PoolSettings>>;
}

export interface PoolSettings {
  /** Jobs at a time. */
  readonly slots: number;
  /** Cores that jobs of the pool may ask for, together. @default not counted */
  readonly cpuCores?: number | undefined;
  /** Bytes that jobs of the pool may ask for, together. @default not counted */
  readonly memoryBytes?: number | undefined;
}

/** Heartbeat of an agent: `lpr_agents`, key AGENT. */
export interface AgentBeat {
  readonly agent: string;
  /** Tells this state directory from another host that calls itself the same. */
  readonly instance: string;
  /** `lost` is written by the warden; the agent itself writes the others. */
  readonly state: "up" | "draining" | "lost";
  readonly version: string;
  readonly hostname: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly pools: Readonly<Record<string, PoolLoad>>;
  readonly heartbeatMs: number;
  readonly leaseMs: number;
  /** ISO 8601, by the agent's clock: to be shown, never to be reckoned with. */
  readonly at: string;
  readonly write: string;
}

export interface PoolLoad extends PoolSettings {
  /** Jobs that hold a slot. */
  readonly running: number;
  /** Present where `cpuCores` is. */
  readonly freeCpuCores?: number | undefined;
  readonly freeMemoryBytes?: number | undefined;
}

/** What a tenant asked for, as the agent that authenticated it understood it: the body of `FleetJob.order`. */
export interface Order {
  readonly id: string;
  readonly name: string;
  readonly pool: string;
  readonly tenant: string;
  readonly role: Role;
  /** Labels that a host should have; others wait a moment before they take it. */
  readonly prefer: Readonly<Record<string, string>>;
  /** How often it may run again after its host was lost. */
  readonly retry: number;
  /** A `RunRequest`, base64. */
  readonly request: string;
  /** ISO 8601. */
  readonly orderedAt: string;
}

/** A job of the fleet: `lpr_jobs`, key NAME. Written by compare-and-set only. */
export interface FleetJob {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  readonly pool: string;
  /** As in the order, which counts. */
  readonly tenant: string;
  /** A sealed `Order`. */
  readonly order: Sealed;
  /** The run it is in or waits for, from 1. */
  readonly attempt: number;
  /** The last one it may have: a host that is lost while this runs is the end. */
  readonly lastAttempt: number;
  /** Of the last claim: rises with each. 0 before the first. */
  readonly fence: number;
  /** ISO 8601: when this attempt began to wait. */
  readonly queuedAt: string;
  readonly state: FleetJobState;
  /** Revision with which it came to this state, where it was written again since. */
  readonly since?: number | undefined;
  /** Asked for by somebody; from then on it does not run again. */
  readonly stop?: FleetStop | undefined;
  readonly write: string;
}

export interface FleetStop {
  /** Tenant. */
  readonly by: string;
  readonly gracePeriodMs?: number | undefined;
}

export type FleetJobState =
  | { readonly status: "PENDING" }
  | ({ readonly status: "RUNNING" } & Attempt)
  | ({
      readonly status: "SUCCEEDED" | "FAILED";
      /** A name of the wire's `Reason` without its prefix. */
      readonly reason: string;
      /** Absent where there is none (LOST, START_FAILED). */
      readonly exitCode?: number | undefined;
      readonly causedBy?: string | undefined;
      /** Why it could not be started. */
      readonly message?: string | undefined;
      /** ISO 8601. */
      readonly finishedAt: string;
      /** The holder's `GetResponse`, base64. Absent where the job never ran, or its host was lost. */
      readonly result?: string | undefined;
      /** So many blocks in `lpr_logs` are its output. Absent: it is with its host alone. */
      readonly archivedBlocks?: number | undefined;
    } & Partial<Attempt>);

/** Who runs a job, and as which of its own. */
export interface Attempt {
  readonly agent: string;
  /** Name of the job in the agent's own records. */
  readonly localName: string;
  /** ISO 8601. */
  readonly claimedAt: string;
  /** Revision of the heartbeat with which the agent had joined the fleet, for the last time before the claim. */
  readonly joined: number;
}

export type FinishedFleetJobState = Exclude<FleetJobState, { status: "PENDING" | "RUNNING" }>;

/** What an agent may hold: `lpr_held`, key AGENT.NAME; there before the claim, and until after the end. */
export interface Held {
  readonly id: string;
  readonly fence: number;
  /** ISO 8601: when it was written, as it is kept for a while only. */
  readonly at: string;
  readonly write: string;
}

/** Who looks after lost agents: `lpr_leader`, key warden. */
export interface Wardenship {
  readonly agent: string;
  readonly instance: string;
  readonly write: string;
}

/** A message of the queue of a pool: an attempt that waits. */
export interface QueuedAttempt {
  readonly name: string;
  readonly id: string;
  readonly attempt: number;
}
