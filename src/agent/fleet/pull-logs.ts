import { readArchive } from "../../fleet/archive.ts";
import type { Answer } from "../../fleet/calls.ts";
import type { ForwardedCaller } from "../../fleet/context.ts";
import { tokenOf } from "../../fleet/names.ts";
import { isFinished } from "../../fleet/transitions.ts";
import type { FleetJob } from "../../fleet/types.ts";
import { JobError } from "../../job/errors.ts";
import type { StreamLogsInput } from "../../job/types.ts";
import { toStreamLogsRequest } from "../../rpc/convert/requests.ts";
import type { ResponseOf } from "../../rpc/schema.ts";
import { toMessages } from "../messages.ts";
import { isNotFound } from "./access.ts";
import { outputOf } from "./log-runs.ts";
import { type FoundJob, isAway, type RemoteJobs } from "./remote-jobs.ts";

/**
 * Some of the output of a run, from the agent that has it; at once when there is none yet.
 * @throws JobError UNAVAILABLE, JOB_NOT_FOUND, which it is while it is being started
 */
export async function pullLogs(
  remote: RemoteJobs,
  record: FleetJob,
  rest: StreamLogsInput,
  caller: ForwardedCaller,
  signal: AbortSignal,
): Promise<Answer> {
  const { state } = record;
  if (
    !("agent" in state) ||
    state.agent === undefined ||
    state.localName === undefined ||
    hasNeverRun(record)
  ) {
    return { messages: [], ended: true };
  }
  const { agent, localName } = state;
  const request = toStreamLogsRequest({ ...rest, name: localName }, { acceptZstd: false });
  return untilAborted(remote.call("streamLogs", agent, request, caller), signal);
}

/**
 * The rest of the output of a job that has ended, where the agent that ran it cannot tell: from NATS.
 * @param error why it cannot
 * @throws JobError LOG_DAMAGED when it is not to be had any more, UNAVAILABLE
 */
export async function* leftBehind(
  remote: RemoteJobs,
  { record, order }: FoundJob,
  rest: StreamLogsInput,
  error: unknown,
): AsyncGenerator<ResponseOf<"streamLogs">, void, undefined> {
  const { state, name, id, fence } = record;
  if (!isFinished(record) || !("agent" in state) || state.agent === undefined) throw error;
  const { agent } = state;
  const blocks = "archivedBlocks" in state ? state.archivedBlocks : undefined;
  if (blocks !== undefined) {
    const archived = { agent, id, fence, blocks };
    const messages = toMessages("", undefined, readArchive(remote.context, archived, outputOf(order), rest));
    // The stream has begun already.
    await messages.next();
    return yield* messages;
  }
  if (isNotFound(error)) throw gone(`the output of job ${name} is not kept any more by agent ${agent}`);
  if (await isLost(remote, record, agent)) {
    throw gone(`the output of job ${name} is on agent ${agent} of the fleet, which is lost`);
  }
  throw error;
}

/** Its host keeps no record of a start that failed: nothing was written that could be missed. */
function hasNeverRun(record: FleetJob): boolean {
  return isFinished(record) && record.state.reason === "START_FAILED";
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
