import { JobError } from "../job/errors.ts";
import { job_runner as wire } from "../rpc/generated/job_runner.js";
import type { Stored } from "./bucket.ts";
import type { FleetContext } from "./context.ts";
import { heldKey, localNameOf } from "./names.ts";
import { parseOrder } from "./parse.ts";
import type { Asked, Slots } from "./slots.ts";
import { claim, refuse, writtenAgain } from "./transitions.ts";
import type { FleetJob, Order, QueuedAttempt } from "./types.ts";

/** How long a job waits for a host that has what it prefers, in milliseconds. */
const PREFER_MS = 3_000;

/** What becomes of a message of the queue. */
export type Claimed =
  /** This agent's, to be started now. */
  | { readonly verdict: "claimed"; readonly believed: Believed; readonly fence: number }
  /** Nothing waits for it any more. */
  | { readonly verdict: "done" }
  /** For another agent, or later. */
  | { readonly verdict: "not now" };

/** An order, and the agent that vouches for it. */
export interface Believed {
  readonly order: Order;
  readonly via: string;
}

const DONE: Claimed = { verdict: "done" };
const NOT_NOW: Claimed = { verdict: "not now" };

/**
 * Claims an attempt that waits, if this agent has what it asks for.
 * @param joined see `Attempt`
 * @throws JobError UNAVAILABLE: it may have been claimed
 */
export async function claimAttempt(
  context: FleetContext,
  slots: Slots,
  { name, id, attempt }: QueuedAttempt,
  joined: number,
): Promise<Claimed> {
  const { stores, settings } = context;
  const record = await stores.jobs.look(name);
  const job = record?.value;
  if (!job || job.id !== id || job.attempt !== attempt || job.state.status !== "PENDING") return DONE;
  const believed = await believe(context, job);
  if (typeof believed === "string") {
    context.log.warn(`job ${name} of the fleet is refused: ${believed}`);
    const refused = refuse(job, believed, new Date());
    if (refused) await stores.jobs.replace(name, refused, record.revision);
    return DONE;
  }
  const { order } = believed;
  const asked = askedOfOrder(order);
  if (!slots.fits(job.pool, asked) || isForOthers(settings.labels, order.prefer, job)) return NOT_NOW;
  if (!hasRoom(context, job)) return NOT_NOW;
  // Rises with every claim, as each is made from a later record.
  const fence = record.revision;
  const key = heldKey(settings.name, name);
  const claimedAt = new Date().toISOString();
  await stores.held.put(key, { id, fence, at: claimedAt });
  const mine = { agent: settings.name, localName: localNameOf(name, fence), claimedAt, joined };
  const claimed = claim(job, mine, fence);
  if (!claimed || !(await stores.jobs.replace(name, claimed, fence))) {
    await stores.held.remove(key);
    return NOT_NOW;
  }
  return { verdict: "claimed", believed, fence };
}

/** What somebody who may say so has asked for; or why it is not believed. @throws JobError UNAVAILABLE */
export async function believe(
  { seals }: Pick<FleetContext, "seals">,
  job: FleetJob,
): Promise<Believed | string> {
  try {
    const { agent: via, body } = await seals.verify(job.order);
    const order = parseOrder(JSON.parse(body));
    const { id, name, pool, tenant } = order;
    const isOfJob = id === job.id && name === job.name && pool === job.pool && tenant === job.tenant;
    return isOfJob ? { order, via } : "its order is that of another job";
  } catch (error) {
    if (error instanceof JobError && error.code !== "UNAVAILABLE") return error.message;
    if (error instanceof SyntaxError) return "its order is not JSON";
    throw error;
  }
}

/**
 * The record with a seal of this agent's, if what it says is believed: keys do not last as long as a job may wait or run.
 * @throws JobError UNAVAILABLE
 */
export async function sealedAnew(
  context: Pick<FleetContext, "seals">,
  stored: Stored<FleetJob>,
): Promise<FleetJob> {
  const job = writtenAgain(stored);
  if (typeof (await believe(context, job)) === "string") return job;
  return { ...job, order: context.seals.seal(job.order.body) };
}

/** Of a job that this agent has claimed, and so believed, before. */
export function askedOf({ order }: FleetJob): Asked {
  try {
    return askedOfOrder(parseOrder(JSON.parse(order.body)));
  } catch {
    // Somebody has written over it since; what it takes of the host is for the kernel to bound.
    return {};
  }
}

/** @throws when the request is none */
export function askedOfOrder({ request }: Order): Asked {
  const { resources } = wire.RunRequest.decode(Buffer.from(request, "base64"));
  return { cpuCores: resources?.cpuCores ?? 0, memoryBytes: resources?.memoryBytes ?? 0 };
}

/** What the host has room for beside its pools: a full disk, or a tenant that has enough here, is no fault of the job. */
function hasRoom({ jobs }: Pick<FleetContext, "jobs">, { tenant: createdBy }: FleetJob): boolean {
  try {
    jobs.requireRoom({ createdBy });
    return true;
  } catch {
    return false;
  }
}

function isForOthers(
  labels: Readonly<Record<string, string>>,
  prefer: Readonly<Record<string, string>>,
  { queuedAt }: FleetJob,
): boolean {
  const isPreferred = Object.entries(prefer).every(([name, value]) => labels[name] === value);
  return !isPreferred && Date.now() - Date.parse(queuedAt) < PREFER_MS;
}
