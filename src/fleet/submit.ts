import { createHash, randomUUID } from "node:crypto";
import { invalidInput, JobError } from "../job/errors.ts";
import type { IfExists, RunOutput } from "../job/types.ts";
import type { FleetContext } from "./context.ts";
import { MAX_FLEET_NAME, POOL_NAME } from "./names.ts";
import { enqueue, isPool } from "./queue.ts";
import { isFinished, pendingJob } from "./transitions.ts";
import type { FleetJob, Order } from "./types.ts";

const MAX_RETRY = 100;
/** What a record may grow by until its job has ended, in bytes. */
const ROOM_TO_END = 32 * 1024;

export interface SubmitInput {
  readonly order: Order;
  /** @default "fail" */
  readonly ifExists?: IfExists | undefined;
  /** Only looks whether the order can be taken. What the hosts of the pool can do is not known to anybody. @default false */
  readonly dryRun?: boolean | undefined;
  /** Whether the tenant may have the job that bears the name already replaced, or be told of it. */
  readonly mayManage: (job: FleetJob) => boolean;
}

/** The id of an order: with a request's id the same whenever it is sent, so that it is one job. */
export function orderIdOf(tenant: string, requestId: string | undefined): string {
  if (requestId === undefined || requestId === "") return randomUUID();
  const digest = createHash("sha256")
    .update(JSON.stringify(["lpr order", tenant, requestId]))
    .digest("hex");
  // Version 8 of RFC 9562: what the bits are is up to us.
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
  ];
  return [...parts, digest.slice(20, 32)].join("-");
}

/** @throws JobError INVALID_INPUT that lists every problem */
export function validateOrder({ name, pool, retry }: Pick<Order, "name" | "pool" | "retry">): void {
  const issues = [
    ...(name.length <= MAX_FLEET_NAME
      ? []
      : [`name of a job of the fleet must have at most ${MAX_FLEET_NAME} characters, got ${name.length}`]),
    ...(POOL_NAME.test(pool)
      ? []
      : [
          `pool must be 1 to 32 of A-Z a-z 0-9 _ -, neither first nor last of them _ or -, got ${JSON.stringify(pool)}`,
        ]),
    ...(Number.isInteger(retry) && retry >= 0 && retry <= MAX_RETRY
      ? []
      : [`retry must be a whole number from 0 to ${MAX_RETRY}, got ${retry}`]),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

/**
 * Puts an order on record and into the queue of its pool. Once it has resolved, the job is run, or its record says
 * why not. Sent again with the same id it is the same job.
 * @throws JobError INVALID_INPUT, NAME_TAKEN, JOB_RUNNING, UNAVAILABLE (it may have come through: send it again)
 */
export async function submit(context: FleetContext, input: SubmitInput): Promise<RunOutput> {
  const { order } = input;
  validateOrder(order);
  const { stores, seals, connection } = context;
  await requirePool(context, order.pool);
  const record = pendingJob(order, seals.seal(JSON.stringify(order)), new Date());
  requireFitting(record, connection.info?.max_payload);
  if (input.dryRun) return { name: order.name, id: "", existing: await isThere(context, input) };
  const created = await stores.jobs.create(order.name, record);
  const { job, existing } = created
    ? { job: created.value, existing: false }
    : await giveWay(context, input, record);
  // Also what was there: who sends it again may have been cut off between the record and the queue.
  if (job.state.status === "PENDING") await enqueue(connection, job);
  return { name: job.name, id: job.id, existing };
}

/** A record is one message of NATS, to its end. @throws JobError INVALID_INPUT */
function requireFitting(record: object, maxPayload = Number.POSITIVE_INFINITY): void {
  const bytes = Buffer.byteLength(JSON.stringify(record));
  const most = maxPayload - ROOM_TO_END;
  if (bytes <= most) return;
  throw invalidInput([
    `command, args, env and labels must take at most ${most} bytes, packed for the fleet, got ${bytes}`,
  ]);
}

/** Pools that are known to be there: they stay. */
const knownPools = new WeakMap<FleetContext["connection"], Set<string>>();

/** A job for a pool that nobody has would wait for ever. @throws JobError HOST_UNSUPPORTED, UNAVAILABLE */
async function requirePool({ connection }: FleetContext, pool: string): Promise<void> {
  const known = knownPools.get(connection) ?? new Set();
  knownPools.set(connection, known);
  if (known.has(pool)) return;
  if (!(await isPool(connection, pool))) {
    throw new JobError("HOST_UNSUPPORTED", `no agent of the fleet has a pool named ${pool}`, {
      hint: "lpr fleet pools shows the pools there are",
    });
  }
  known.add(pool);
}

/** Whether a job bears the name that may be attached to, or replaced. @throws JobError NAME_TAKEN */
async function isThere(
  { stores }: FleetContext,
  { order, ifExists = "fail", mayManage }: SubmitInput,
): Promise<boolean> {
  const there = await stores.jobs.look(order.name);
  if (there && (ifExists === "fail" || !there.value || !mayManage(there.value))) throw nameTaken(order.name);
  return there !== undefined;
}

/** The name is taken: by this very order, by one that may be attached to, or by one that makes room. */
async function giveWay(
  { stores }: FleetContext,
  { order, ifExists = "fail", mayManage }: SubmitInput,
  record: ReturnType<typeof pendingJob>,
): Promise<{ readonly job: FleetJob; readonly existing: boolean }> {
  const there = await stores.jobs.get(order.name);
  if (!there) throw new JobError("UNAVAILABLE", `job ${order.name} is just being removed: send it again`);
  const { value, revision } = there;
  if (value.id === order.id) {
    if (isSameOrder(value, order)) return { job: value, existing: true };
    throw invalidInput(["requestId must be a new one for another run, got that of another job"]);
  }
  if (ifExists === "fail" || !mayManage(value)) throw nameTaken(order.name);
  if (ifExists === "attach") return { job: value, existing: true };
  if (!isFinished(value)) {
    throw new JobError("JOB_RUNNING", `job ${JSON.stringify(order.name)} of the fleet has not ended`, {
      hint: `lpr job stop ${order.name}, and run it again`,
    });
  }
  const replaced = await stores.jobs.replace(order.name, record, revision);
  if (!replaced) throw nameTaken(order.name);
  return { job: replaced.value, existing: false };
}

function isSameOrder(job: FleetJob, order: Order): boolean {
  const before = JSON.parse(job.order.body) as Order;
  const { orderedAt: _, ...asked } = order;
  const { orderedAt: __, ...had } = before;
  return JSON.stringify(asked) === JSON.stringify(had);
}

function nameTaken(name: string): JobError {
  return new JobError("NAME_TAKEN", `a job named ${JSON.stringify(name)} is in the fleet already`, {
    hint: `--if-exists replace takes its place once it has ended; lpr job rm ${name} forgets it`,
  });
}
