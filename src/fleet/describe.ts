import type { FinishedState, Labels, LostReason, Reason } from "../job/types.ts";
import type { FleetState } from "../rpc/convert/fleet.ts";
import { fromRunRequest } from "../rpc/convert/requests.ts";
import { fromGetResponse } from "../rpc/convert/responses.ts";
import { job_runner as wire } from "../rpc/generated/job_runner.js";
import type { RemoteJob, RemoteJobState } from "../rpc/remote-job.ts";
import { FLEET_LABEL } from "./names.ts";
import type { FleetJob, Order } from "./types.ts";

/** Of a job that ended without its command having run: as after the signal that stops one that does. */
const STOPPED_BEFORE = { exitCode: 143, signal: "SIGTERM" };

/** A job of the fleet by its record alone, which is all there is before it runs, and when its host is gone. */
export function describeRecord(job: FleetJob, order: Order): RemoteJob {
  const { state } = job;
  const input = fromRunRequest(wire.RunRequest.decode(Buffer.from(order.request, "base64")));
  const { command, args = [] } = input;
  const result = "result" in state && state.result !== undefined ? decodeResult(state.result) : undefined;
  if (result) return placed({ ...result, command, args }, job, order);
  const startedAt = "claimedAt" in state && state.claimedAt ? { startedAt: new Date(state.claimedAt) } : {};
  return {
    ...{ id: job.id, name: job.name, createdBy: order.tenant, createdAt: new Date(order.orderedAt) },
    ...{ command, args, workingDir: input.workingDir ?? "/" },
    ...{ labels: input.labels ?? {}, killMode: input.killMode ?? "main", output: input.output ?? "combined" },
    ...{ limits: input.limits ?? {}, limitsInEffect: {}, logBytes: 0, logDiscardedBytes: 0 },
    ...{ isolated: input.isolate ?? false, user: input.user ?? "" },
    ...(input.maxLogBytes === undefined ? {} : { maxLogBytes: input.maxLogBytes }),
    ...startedAt,
    state: stateOf(job),
    fleet: placementOf(job, order),
    ...("message" in state && state.message ? { message: state.message } : {}),
  };
}

/** What the holder says of an attempt, as what it is of the fleet's job. */
export function placed(local: RemoteJob, job: FleetJob, order: Order): RemoteJob {
  const { [FLEET_LABEL]: _, ...labels } = local.labels as Labels;
  const createdAt = new Date(order.orderedAt);
  return { ...local, id: job.id, name: job.name, labels, createdAt, fleet: placementOf(job, order) };
}

function placementOf(job: FleetJob, order: Order): FleetState {
  const { state } = job;
  return {
    ...{ pool: job.pool, attempt: job.attempt, fence: job.fence, retry: order.retry },
    ...("agent" in state && state.agent !== undefined ? { agent: state.agent } : {}),
    queuedAt: new Date(job.queuedAt),
  };
}

function stateOf({ state }: FleetJob): RemoteJobState {
  if (state.status === "PENDING") return { status: "PENDING" };
  // Its process id is known to its host alone.
  if (state.status === "RUNNING") return { status: "RUNNING", pid: 0 };
  const end = {
    finishedAt: new Date(state.finishedAt),
    ...(state.causedBy === undefined ? {} : { causedBy: state.causedBy }),
  };
  if (state.status === "SUCCEEDED") return { ...end, status: "SUCCEEDED", reason: "EXITED", exitCode: 0 };
  const reason = state.reason as Reason;
  if (reason === "STOPPED" && state.exitCode === undefined) {
    return { ...end, status: "FAILED", reason, ...STOPPED_BEFORE };
  }
  if (reason === "LOST" || reason === "START_FAILED" || state.exitCode === undefined) {
    return { ...end, status: "FAILED", reason: reason === "START_FAILED" ? reason : lost };
  }
  return { ...end, status: "FAILED", reason, exitCode: state.exitCode } satisfies FinishedState;
}

const lost: LostReason = "LOST";

function decodeResult(result: string): RemoteJob | undefined {
  try {
    return fromGetResponse(wire.GetResponse.decode(Buffer.from(result, "base64")));
  } catch {
    // Somebody has written over it: what else the record says is all there is.
    return undefined;
  }
}
