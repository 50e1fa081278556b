import { submit } from "../../fleet/submit.ts";
import type { FleetJob } from "../../fleet/types.ts";
import { JobError } from "../../job/errors.ts";
import type { AuditNote, RunOutput } from "../../job/types.ts";
import { ifExistsFromWire } from "../../rpc/convert/enums.ts";
import type { RequestOf } from "../../rpc/schema.ts";
import { attachedNote, orderOf as auditOrderOf, describeRun } from "../audit/order.ts";
import { authorize } from "../authorize.ts";
import type { CallContext } from "../handlers.ts";
import { findRemote, permit } from "./access.ts";
import { makeOrder } from "./order.ts";
import type { RemoteJobs } from "./remote-jobs.ts";
import { stopRemote } from "./stop.ts";

export type RecordAudit = (notes: readonly AuditNote[]) => Promise<void>;

/** Sends a job to a pool of the fleet. */
export async function runInFleet(
  remote: RemoteJobs,
  record: RecordAudit,
  request: RequestOf<"run">,
  context: CallContext,
): Promise<RunOutput> {
  const { caller } = context;
  permit("run", caller);
  const { order, input } = makeOrder(request, caller);
  const { name, id, pool } = order;
  const mayManage = ({ tenant }: FleetJob) =>
    authorize("stop", caller.role, tenant === caller.tenant ? "caller" : "someone else") === "allowed";
  const ifExists = ifExistsFromWire(request.ifExists);
  const send = () => submit(remote.context, { order, ifExists, mayManage, dryRun: input.dryRun });
  if (input.dryRun) return send();
  const audit = auditOrderOf(context, "Run", `${describeRun(input)}, in pool ${pool} of the fleet`);
  await record([{ ...audit, time: new Date(), jobName: name, jobId: id, outcome: "OK" }]);
  let output: RunOutput;
  try {
    output = await send();
  } catch (error) {
    const isInTheWay = error instanceof JobError && error.code === "JOB_RUNNING";
    if (!isInTheWay || ifExists !== "replace") throw error;
    await stopRemote(remote, await findRemote(remote, "stop", { name }, context), {}, context);
    output = await send();
  }
  if (output.existing) await record([attachedNote(audit, output)]);
  return output;
}
