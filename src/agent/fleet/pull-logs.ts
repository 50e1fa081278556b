import type { Answer } from "../../fleet/calls.ts";
import type { ForwardedCaller } from "../../fleet/context.ts";
import { tokenOf } from "../../fleet/names.ts";
import { isFinished } from "../../fleet/transitions.ts";
import type { FleetJob } from "../../fleet/types.ts";
import { JobError } from "../../job/errors.ts";
import type { StreamLogsInput } from "../../job/types.ts";
import { toStreamLogsRequest } from "../../rpc/convert/requests.ts";
import { isNotFound } from "./access.ts";
import { isAway, type RemoteJobs } from "./remote-jobs.ts";

/**
 * Some of the output of a run, from the agent that has it; at once when there is none yet.
 * @throws JobError UNAVAILABLE, JOB_NOT_FOUND while it is being started, LOG_DAMAGED when it is not to be had any more
 */
export async function pullLogs(
  remote: RemoteJobs,
  record: FleetJob,
  rest: StreamLogsInput,
  caller: ForwardedCaller,
  signal: AbortSignal,
): Promise<Answer> {
  const { state, name } = record;
  if (!("agent" in state) || state.agent === undefined || state.localName === undefined) {
    return { messages: [], ended: true };
  }
  const { agent, localName } = state;
  const request = toStreamLogsRequest({ ...rest, name: localName }, { acceptZstd: false });
  try {
    return await untilAborted(remote.call("streamLogs", agent, request, caller), signal);
  } catch (error) {
    if (!isFinished(record)) throw error;
    if (isNotFound(error)) throw gone(`the output of job ${name} is not kept any more by agent ${agent}`);
    if (isAway(error) && (await isLost(remote, record, agent))) {
      throw gone(`the output of job ${name} is on agent ${agent} of the fleet, which is lost`);
    }
    throw error;
  }
}

/** Whether it may be found by asking again, while the job runs. */
export function isLeftBehind(error: unknown): boolean {
  return isAway(error) || isNotFound(error);
}

async function isLost({ context }: RemoteJobs, { state }: FleetJob, agent: string): Promise<boolean> {
  if ("reason" in state && state.reason === "LOST") return true;
  return (await context.stores.agents.get(tokenOf(agent)))?.value.state === "lost";
}

function gone(message: string): JobError {
  return new JobError("LOG_DAMAGED", message, {
    hint: "retention in the agent.yaml of a host says how long it keeps output; fleet.archive keeps it elsewhere",
  });
}

/** Nobody waits for the answer after that. */
function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  return Promise.race([answer, promise]).finally(() => signal.removeEventListener("abort", stop));
}
