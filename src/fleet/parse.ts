import { JobError } from "../job/errors.ts";
import type { CallEnvelope } from "./protocol.ts";
import type {
  AgentBeat,
  AgentKey,
  FleetJob,
  Held,
  Order,
  QueuedAttempt,
  Sealed,
  Wardenship,
} from "./types.ts";

/**
 * What comes from NATS is checked for its shape before anything is believed of it; whose it is, is for the seals.
 * Members that are not known are let through: a newer agent may have written them.
 */
type Rule = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Rule>>;

const text: Rule = (value) => typeof value === "string";
const count: Rule = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const number: Rule = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0;
const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    values.includes(value as string);
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value);
const mapOf =
  (rule: Rule): Rule =>
  (value) =>
    isObject(value) && Object.values(value).every(rule);
const shaped =
  (shape: Shape): Rule =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([name, rule]) => rule(value[name]));
const date: Rule = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));

const sealedShape: Shape = { key: text, body: text, signature: text };
const sealed = shaped(sealedShape);
const attempt: Shape = { agent: text, localName: text, claimedAt: date, joined: count };
const finished: Shape = {
  reason: text,
  exitCode: optional(count),
  causedBy: optional(text),
  message: optional(text),
  finishedAt: date,
  result: optional(text),
  archivedBlocks: optional(count),
  agent: optional(text),
  localName: optional(text),
  claimedAt: optional(date),
  joined: optional(count),
};
const states: Readonly<Record<string, Rule>> = {
  PENDING: () => true,
  RUNNING: shaped(attempt),
  SUCCEEDED: shaped(finished),
  FAILED: shaped(finished),
};
const state: Rule = (value) => {
  const status = isObject(value) ? value["status"] : undefined;
  return typeof status === "string" && Object.hasOwn(states, status) && states[status]?.(value) === true;
};

const pool: Shape = { slots: count, cpuCores: optional(number), memoryBytes: optional(count) };

const beat: Shape = {
  ...{ agent: text, instance: text, state: oneOf("up", "draining", "lost"), version: text, hostname: text },
  ...{ heartbeatMs: count, leaseMs: count, at: date, write: text, labels: mapOf(text) },
  pools: mapOf(
    shaped({ ...pool, running: count, freeCpuCores: optional(number), freeMemoryBytes: optional(number) }),
  ),
};
const job: Shape = {
  ...{
    version: (value: unknown) => value === 1,
    id: text,
    name: text,
    pool: text,
    tenant: text,
    order: sealed,
  },
  ...{ attempt: count, lastAttempt: count, fence: count, queuedAt: date, state, write: text },
  since: optional(count),
  stop: optional(shaped({ by: text, gracePeriodMs: optional(count) })),
};
const order: Shape = {
  ...{ id: text, name: text, pool: text, tenant: text, role: oneOf("admin", "user"), prefer: mapOf(text) },
  ...{ retry: count, request: text, orderedAt: date },
};
const key: Shape = {
  ...{ agent: text, publicKey: text, notAfter: date, certificates: text, signature: text, write: text },
};

export const parseBeat = parser<AgentBeat>(beat);
export const parseAgentKey = parser<AgentKey>(key);
export const parseFleetJob = parser<FleetJob>(job);
export const parseHeld = parser<Held>({ id: text, fence: count, at: date, write: text });
export const parseWardenship = parser<Wardenship>({ agent: text, instance: text, write: text });
export const parseOrder = parser<Order>(order);
export const parseSealed = parser<Sealed>(sealedShape);
export const parseEnvelope = parser<CallEnvelope>({
  ...{ to: text, at: date, nonce: text, rpc: text, request: text },
  caller: shaped({ tenant: text, role: oneOf("admin", "user"), address: text, fingerprint: text }),
});
export const parseQueued = parser<QueuedAttempt>({ name: text, id: text, attempt: count });

/** @throws JobError INTERNAL that names every member that is wrong */
function parser<T>(shape: Shape): (value: unknown) => T {
  return (value) => {
    if (!isObject(value)) throw new JobError("INTERNAL", "not an object");
    const wrong = Object.entries(shape).filter(([name, rule]) => !rule(value[name]));
    if (wrong.length === 0) return value as T;
    throw new JobError("INTERNAL", wrong.map(([name]) => `${name} is not what it should be`).join("; "));
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
