import { FLEET_LABEL, readFleetLabel } from "../../fleet/names.ts";
import { isHeldBy } from "../../fleet/transitions.ts";
import { JobError } from "../../job/errors.ts";
import type { RequestOf } from "../../rpc/schema.ts";
import type { CallContext, Handlers } from "../handlers.ts";
import { isNotFound } from "./access.ts";
import type { RemoteJobs } from "./remote-jobs.ts";

/**
 * A run of a job of the fleet must not be forgotten here before its end is on record there: nothing would tell it from
 * one that never began, and that is run again.
 * @throws JobError JOB_RUNNING, UNAVAILABLE, PERMISSION_DENIED
 */
export async function requireReported(
  own: Pick<Handlers, "get">,
  remote: RemoteJobs,
  request: RequestOf<"remove">,
  context: CallContext,
): Promise<void> {
  const run = await runOf(own, request, context);
  if (!run) return;
  const { stores, settings } = remote.context;
  const record = await stores.jobs.look(run.name);
  if (!isHeldBy(record?.value, settings.name, run.fence)) return;
  throw new JobError(
    "JOB_RUNNING",
    `job ${request.name} is a run of job ${run.name} of the fleet, whose end is not on record there yet`,
    { hint: `lpr job rm ${run.name} forgets both, once it is` },
  );
}

async function runOf(own: Pick<Handlers, "get">, request: RequestOf<"remove">, context: CallContext) {
  try {
    const { labels } = await own.get(request, context);
    return readFleetLabel(labels?.[FLEET_LABEL]);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
