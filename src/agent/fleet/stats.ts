import { JobError } from "../../job/errors.ts";
import { jobService, type ResponseOf } from "../../rpc/schema.ts";
import type { CallContext } from "../handlers.ts";
import { passed } from "../stats.ts";
import { claimsOf } from "./access.ts";
import type { FoundJob, RemoteJobs } from "./remote-jobs.ts";

/** Samples of a job of the fleet, each asked for where it runs. */
export async function* remoteStats(
  remote: RemoteJobs,
  { record, order }: FoundJob,
  intervalMs: number | undefined,
  context: CallContext,
): AsyncGenerator<ResponseOf<"stats">, void, undefined> {
  const { closing } = remote.context;
  const ending = AbortSignal.any([context.signal, closing]);
  do {
    const found = await remote.find({ name: record.name, jobId: record.id });
    const state = found?.record.state;
    if (!state || !("agent" in state) || !state.agent || !state.localName) {
      throw new JobError("JOB_ENDED", `job ${JSON.stringify(record.name)} runs on no host`);
    }
    const request = { name: state.localName, jobId: "", interval: null };
    const { messages } = await remote.call("stats", state.agent, request, claimsOf(context));
    for (const bytes of messages) {
      const message = jobService.stats.responseDeserialize(Buffer.from(bytes));
      const { id, name } = record;
      yield { ...message, jobs: message.jobs.map((job) => ({ ...job, id, name, createdBy: order.tenant })) };
    }
  } while (intervalMs !== undefined && (await passed(intervalMs, ending)));
}
