import type { Answer } from "../../fleet/calls.ts";
import { pause } from "../../fleet/connect.ts";
import type { ForwardedCaller } from "../../fleet/context.ts";
import { isFinished } from "../../fleet/transitions.ts";
import type { FleetJob } from "../../fleet/types.ts";
import { JobError } from "../../job/errors.ts";
import type { StreamLogsInput } from "../../job/types.ts";
import { fromStreamLogsResponse, toStreamLogsResponse } from "../../rpc/convert/responses.ts";
import { LogProgress } from "../../rpc/log-progress.ts";
import { jobService, type ResponseOf } from "../../rpc/schema.ts";
import { beginAnew, fromTheStart, opening, runOf } from "./log-runs.ts";
import { isLeftBehind, leftBehind, pullLogs } from "./pull-logs.ts";
import { type FoundJob, isAway, isOf, type RemoteJobs } from "./remote-jobs.ts";

type Message = ResponseOf<"streamLogs">;

/** Time between two looks for a job that is being started, in milliseconds. */
const STARTING_MS = 50;
/** Time between two tries to reach the agent that has the job, in milliseconds. */
const AWAY_MS = 1_000;

/**
 * The output of a job of the fleet, fetched in pieces from the agent that has it, by the exact byte. An agent that is
 * away is waited for: it comes back, or is found to be lost. Where the job runs again elsewhere, what follows is the
 * output of that run, announced as a log that was cut to nothing.
 * @throws JobError LOG_DAMAGED when the output is not to be had any more, UNAVAILABLE, CANCELLED
 */
export async function* remoteLogs(
  remote: RemoteJobs,
  { record: first, order }: FoundJob,
  input: StreamLogsInput,
  caller: ForwardedCaller,
  signal: AbortSignal,
): AsyncGenerator<Message, void, undefined> {
  const follow = input.follow !== false;
  const either = AbortSignal.any([signal, remote.context.closing]);
  let record: FleetJob | undefined = first;
  let run = runOf(input, first);
  let progress = new LogProgress({ ...input, jobId: undefined });
  yield opening(first, run, input);
  while (record) {
    if (record.attempt !== run) {
      run = record.attempt;
      progress = new LogProgress({ ...fromTheStart(input), jobId: undefined });
      yield* beginAnew(record, order, input);
    }
    const rest = { ...progress.rest(), jobId: undefined, follow };
    let answer: Answer;
    try {
      answer = await pull(remote, record, rest, caller, either);
    } catch (error) {
      if (!isLeftBehind(error)) throw error;
      return yield* leftBehind(remote, { record, order }, rest, error);
    }
    const { messages, ended } = answer;
    // A stream that is asked for again begins with a message that says no more than that it is one.
    for (const [index, bytes] of messages.entries()) {
      const chunk = fromStreamLogsResponse(jobService.streamLogs.responseDeserialize(Buffer.from(bytes)));
      if (index === 0 && chunk.output.length === 0 && !chunk.truncated) continue;
      progress.add({ ...chunk, jobId: "" });
      yield toStreamLogsResponse({ ...chunk, jobId: "" });
    }
    throwIfOver(signal, either);
    if (ended) {
      if (!follow || isFinished(record) || isPast(input.until)) return;
      record = await nextState(remote, record, either);
      throwIfOver(signal, either);
      // That run has been read to its last byte, and there is no other.
      if (record && record.attempt === run && isFinished(record)) return;
    } else if (messages.length === 0) {
      record = (await remote.find({ name: record.name, jobId: record.id }))?.record;
    }
  }
}

/** Some of the rest. None, and no end: the agent that has it cannot tell yet, or is away. */
async function pull(
  remote: RemoteJobs,
  record: FleetJob,
  rest: StreamLogsInput,
  caller: ForwardedCaller,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    return await pullLogs(remote, record, rest, caller, signal);
  } catch (error) {
    if (signal.aborted) return { messages: [], ended: false };
    if (!isLeftBehind(error) || isFinished(record)) throw error;
    if (rest.follow === false) {
      if (isAway(error)) throw error;
      // It is just being started.
      return { messages: [], ended: true };
    }
    await pause(isAway(error) ? AWAY_MS : STARTING_MS, signal);
    return { messages: [], ended: false };
  }
}

/** Waits until there is something else to read. Undefined: the job was removed, or the signal came. */
async function nextState(
  remote: RemoteJobs,
  before: FleetJob,
  signal: AbortSignal,
): Promise<FleetJob | undefined> {
  const { stores } = remote.context;
  for await (const { value, damage } of stores.jobs.watch(before.name, signal)) {
    if (damage) throw damage;
    if (!value || !isOf(value, before.id)) return undefined;
    const isSame = value.attempt === before.attempt && value.state.status === before.state.status;
    if (!isSame) return value;
  }
  if (signal.aborted) return undefined;
  throw new JobError("UNAVAILABLE", "the fleet is away");
}

/** @throws JobError CANCELLED, UNAVAILABLE when the agent is closing */
function throwIfOver(caller: AbortSignal, either: AbortSignal): void {
  if (caller.aborted) throw new JobError("CANCELLED", "cancelled by the caller");
  if (either.aborted) throw new JobError("UNAVAILABLE", "the agent is stopping");
}

function isPast(until: Date | undefined): boolean {
  return until !== undefined && until.getTime() <= Date.now();
}
