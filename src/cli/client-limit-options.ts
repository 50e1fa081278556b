import { parseDuration } from "./duration.ts";
import { parseCount } from "./numbers.ts";
import { parseSize } from "./size.ts";

/** Keys of the section `clients` of agent.yaml, and what the agent calls them. */
export const clientLimitOptions = {
  connections: { field: "connections", parse: parseCount },
  "connections-per-tenant": { field: "connectionsPerTenant", parse: parseCount },
  handshakes: { field: "handshakes", parse: parseCount },
  "handshakes-per-address": { field: "handshakesPerAddress", parse: parseCount },
  "calls-per-connection": { field: "callsPerConnection", parse: parseCount },
  calls: { field: "calls", parse: parseCount },
  "calls-per-tenant": { field: "callsPerTenant", parse: parseCount },
  "call-rate": { field: "callRate", parse: parseCount },
  "call-burst": { field: "callBurst", parse: parseCount },
  "running-jobs": { field: "runningJobs", parse: parseCount },
  "message-size": { field: "messageBytes", parse: parseSize },
  "pending-size": { field: "pendingBytes", parse: parseSize },
  "request-timeout": { field: "requestTimeoutMs", parse: parseDuration },
  "handshake-timeout": { field: "handshakeTimeoutMs", parse: parseDuration },
  "idle-timeout": { field: "idleTimeoutMs", parse: parseDuration },
} as const;

type Options = typeof clientLimitOptions;

/** What the section says; whatever it leaves out is not there. */
export type ClientLimitValues = { readonly [Name in keyof Options as Options[Name]["field"]]?: number };
