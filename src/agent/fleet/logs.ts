import type { Answer } from "../../fleet/calls.ts";
import { pause } from "../../fleet/connect.ts";
import type { ForwardedCaller } from "../../fleet/context.ts";
import { isFinished } from "../../fleet/transitions.ts";
import type { FleetJob } from "../../fleet/types.ts";
import { JobError } from "../../job/errors.ts";
import type { StreamLogsInput } from "../../job/types.ts";
import { toStreamLogsRequest } from "../../rpc/convert/requests.ts";
import { fromStreamLogsResponse, toStreamLogsResponse } from "../../rpc/convert/responses.ts";
import { LogProgress } from "../../rpc/log-progress.ts";
import { jobService, type ResponseOf } from "../../rpc/schema.ts";
import { isNotFound } from "./access.ts";
import { type FoundJob, isOf, type RemoteJobs } from "./remote-jobs.ts";

type Message = ResponseOf<"streamLogs">;

const nothing = new Uint8Array(0);
/** Time between two looks for a job that is being started, in milliseconds. */
const STARTING_MS = 50;

/**
 * The output of a job of the fleet, fetched in pieces from the agent that has it, by the exact byte. Where it runs
 * again elsewhere, what follows is the output of that run, announced as a log that was cut to nothing.
 */
export async function* remoteLogs(
  remote: RemoteJobs,
  found: FoundJob,
  input: StreamLogsInput,
  caller: ForwardedCaller,
  signal: AbortSignal,
): AsyncGenerator<Message, void, undefined> {
  const follow = input.follow !== false;
  let record: FleetJob | undefined = found.record;
  let attempt = attemptOf(input.jobId) ?? (startsMidway(input) ? record.attempt : undefined);
  let progress = new LogProgress({ ...input, jobId: undefined });
  let isLive = false;
  while (record) {
    if (attempt !== undefined && attempt !== record.attempt) {
      // What was read was another run's.
      progress = new LogProgress({ ...fromTheStart(input), jobId: undefined });
      yield { ...opening(record, 0), truncated: true };
      isLive = true;
    }
    attempt = record.attempt;
    if (!isLive) yield opening(record, input.offset ?? 0);
    isLive = true;
    const rest = { ...progress.rest(), jobId: undefined, follow };
    const { messages, ended } = await pull(remote, record, rest, caller);
    // A stream that is asked for again begins with a message that says no more than that it is one.
    for (const [index, bytes] of messages.entries()) {
      const chunk = fromStreamLogsResponse(jobService.streamLogs.responseDeserialize(Buffer.from(bytes)));
      if (index === 0 && chunk.output.length === 0 && !chunk.truncated) continue;
      progress.add({ ...chunk, jobId: "" });
      yield toStreamLogsResponse({ ...chunk, jobId: "" });
    }
    if (signal.aborted) throw new JobError("CANCELLED", "cancelled by the caller");
    if (ended && (!follow || isFinished(record))) return;
    if (ended) record = await nextState(remote, record, signal);
    else if (messages.length === 0) {
      // Claimed, and being started; or lost meanwhile.
      await pause(STARTING_MS, signal);
      record = (await remote.find({ name: record.name, jobId: record.id }))?.record;
    }
  }
}

/** Some of the rest, from whoever has it. @throws JobError UNAVAILABLE, LOG_DAMAGED when it is not kept any more */
async function pull(
  remote: RemoteJobs,
  record: FleetJob,
  rest: StreamLogsInput,
  caller: ForwardedCaller,
): Promise<Answer> {
  const { state, name } = record;
  if (!("agent" in state) || state.agent === undefined || state.localName === undefined) {
    return { messages: [], ended: true };
  }
  const request = toStreamLogsRequest({ ...rest, name: state.localName }, { acceptZstd: false });
  try {
    return await remote.call("streamLogs", state.agent, request, caller);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    if (state.status === "RUNNING") return { messages: [], ended: false };
    throw new JobError(
      "LOG_DAMAGED",
      `the output of job ${name} is not kept any more by agent ${state.agent}`,
      {
        hint: "how long output is kept is set there: retention, in agent.yaml",
      },
    );
  }
}

/** Waits until there is something else to read. */
async function nextState(
  remote: RemoteJobs,
  before: FleetJob,
  signal: AbortSignal,
): Promise<FleetJob | undefined> {
  const { stores, closing } = remote.context;
  const either = AbortSignal.any([signal, closing]);
  for await (const { value } of stores.jobs.watch(before.name, either)) {
    if (!value || !isOf(value, before.id)) return undefined;
    const isSame = value.attempt === before.attempt && value.state.status === before.state.status;
    if (!isSame) return value;
  }
  if (signal.aborted) throw new JobError("CANCELLED", "cancelled by the caller");
  throw new JobError("UNAVAILABLE", "the agent is stopping, or the fleet is away");
}

/** Tells that the stream is live, and which run it is of. */
function opening({ id, attempt }: FleetJob, offset: number): Message {
  return toStreamLogsResponse({ jobId: `${id}.${attempt}`, offset, output: nothing });
}

/** The attempt that an id names, where it does. */
function attemptOf(jobId: string | undefined): number | undefined {
  const digits = /\.(\d{1,9})$/.exec(jobId ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function startsMidway({ offset = 0, stderrOffset = 0 }: StreamLogsInput): boolean {
  return offset > 0 || stderrOffset > 0;
}

function fromTheStart(input: StreamLogsInput): StreamLogsInput {
  const { offset: _, stderrOffset: __, tailLines: ___, ...rest } = input;
  return rest;
}
