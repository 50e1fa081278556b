import type { StopInput, StopOutput } from "../../job/types.ts";
import { toStopRequest } from "../../rpc/convert/requests.ts";
import type { CallContext } from "../handlers.ts";
import { claimsOf } from "./access.ts";
import type { FoundJob, RemoteJobs } from "./remote-jobs.ts";

/** Stops a job of the fleet and waits for its end. */
export async function stopRemote(
  remote: RemoteJobs,
  found: FoundJob,
  { gracePeriodMs }: Pick<StopInput, "gracePeriodMs">,
  context: CallContext,
): Promise<StopOutput> {
  const asked = { by: context.caller.tenant, ...(gracePeriodMs === undefined ? {} : { gracePeriodMs }) };
  const request = toStopRequest({ name: found.record.name, gracePeriodMs });
  await remote.stop(found, asked, request, claimsOf(context));
  const { state } = await remote.ended(found, context.signal);
  return "exitCode" in state ? { status: state.status, exitCode: state.exitCode } : { status: state.status };
}
