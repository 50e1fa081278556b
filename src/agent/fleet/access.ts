import type { ForwardedCaller } from "../../fleet/context.ts";
import { JobError } from "../../job/errors.ts";
import type { JobSelector } from "../../job/types.ts";
import type { Rpc } from "../../rpc/schema.ts";
import { authorize, type Decision } from "../authorize.ts";
import { type CallContext, denied, noSuchJob } from "../handlers.ts";
import type { Caller } from "../identity.ts";
import type { FoundJob, RemoteJobs } from "./remote-jobs.ts";

/** For calls that name no job. @throws JobError PERMISSION_DENIED */
export function permit(rpc: Rpc, caller: Caller): Decision {
  const decision = authorize(rpc, caller.role);
  if (decision === "denied") throw denied(rpc, caller);
  return decision;
}

/**
 * The job of the fleet that a call names, when the caller may make it; by the order that another agent vouches for.
 * @throws JobError JOB_NOT_FOUND, PERMISSION_DENIED, UNAVAILABLE
 */
export async function findRemote(
  remote: RemoteJobs,
  rpc: Rpc,
  selector: JobSelector,
  { caller }: CallContext,
): Promise<FoundJob> {
  const found = await remote.find(selector);
  const isOwn = found?.order.tenant === caller.tenant;
  const owner = !found ? "nobody: there is no such job" : isOwn ? "caller" : "someone else";
  const decision = authorize(rpc, caller.role, owner);
  if (decision === "denied") throw denied(rpc, caller);
  if (decision !== "allowed" || !found) throw noSuchJob(selector.name, found?.order.tenant);
  return found;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof JobError && error.code === "JOB_NOT_FOUND";
}

/** Who calls, as this agent tells another. */
export function claimsOf({ caller, address }: CallContext): ForwardedCaller {
  const { tenant, role, fingerprint } = caller;
  return { tenant, role, fingerprint, address };
}
