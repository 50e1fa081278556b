import type { FleetJob, Order } from "../../fleet/types.ts";
import { LOG_STREAMS, type LogStream, type OutputMode, type StreamLogsInput } from "../../job/types.ts";
import { fromRunRequest } from "../../rpc/convert/requests.ts";
import { toStreamLogsResponse } from "../../rpc/convert/responses.ts";
import { job_runner as wire } from "../../rpc/generated/job_runner.js";
import type { ResponseOf } from "../../rpc/schema.ts";

// A job of the fleet may have run more than once, each time with an output of its own. The id that a stream of it
// gives to resume with names the run as well: ID.ATTEMPT.

type Message = ResponseOf<"streamLogs">;

const nothing = new Uint8Array(0);

/** The run that a reader has read of, or begins with. */
export function runOf({ jobId = "", offset = 0, stderrOffset = 0 }: StreamLogsInput, job: FleetJob): number {
  const digits = /\.(\d{1,9})$/.exec(jobId)?.[1];
  return digits !== undefined && (offset > 0 || stderrOffset > 0) ? Number(digits) : job.attempt;
}

/** Tells that the stream is live, and still of the run that was asked for. */
export function opening({ id }: FleetJob, run: number, { offset = 0 }: StreamLogsInput): Message {
  return toStreamLogsResponse({ jobId: `${id}.${run}`, offset, output: nothing });
}

/** Tells that what follows is of another run: each log has been cut to nothing. */
export function* beginAnew(
  { id, attempt }: FleetJob,
  order: Order,
  { stream }: StreamLogsInput,
): Generator<Message, void, undefined> {
  const isSplit = outputOf(order) === "split";
  const logs: readonly (LogStream | undefined)[] = isSplit ? (stream ? [stream] : LOG_STREAMS) : [undefined];
  for (const log of logs) {
    const which = log === undefined ? {} : { stream: log };
    const begin = { jobId: `${id}.${attempt}`, offset: 0, output: nothing, truncated: true } as const;
    yield toStreamLogsResponse({ ...begin, ...which });
  }
}

/** The same, of another run: a place in the output of the one before means nothing there. */
export function fromTheStart(input: StreamLogsInput): StreamLogsInput {
  const { offset: _, cuts: __, stderrOffset: ___, stderrCuts: ____, tailLines: _____, ...rest } = input;
  return rest;
}

export function outputOf({ request }: Order): OutputMode {
  return fromRunRequest(wire.RunRequest.decode(Buffer.from(request, "base64"))).output ?? "combined";
}
