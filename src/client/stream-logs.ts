import { JobError } from "../job/errors.ts";
import type { LogChunk, StreamLogsInput } from "../job/types.ts";
import { toStreamLogsRequest } from "../rpc/convert/requests.ts";
import { fromStreamLogsResponse } from "../rpc/convert/responses.ts";
import { jobService } from "../rpc/schema.ts";
import { serverStreaming } from "./calls.ts";
import type { Channels } from "./channels.ts";
import { pause } from "./pause.ts";

/** Time for which a stream that was cut off tries to go on, in milliseconds. */
const RESUME_FOR_MS = 10_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Output of a job. A stream that is cut off goes on where it was, with the same job: no byte is lost or
 * repeated, and the caller notices nothing but time.
 */
export async function* streamLogs(
  channels: Channels,
  input: StreamLogsInput,
  signal: AbortSignal,
): AsyncGenerator<LogChunk, void, undefined> {
  let { jobId, offset = 0 } = input;
  let cutAt: number | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const request = toStreamLogsRequest({ ...input, jobId, offset });
    try {
      for await (const message of serverStreaming(channels, jobService.streamLogs, request, signal)) {
        const chunk = fromStreamLogsResponse(message);
        jobId ||= chunk.jobId;
        cutAt = undefined;
        pauseMs = FIRST_PAUSE_MS;
        if (chunk.output.length === 0) continue;
        offset = chunk.offset + chunk.output.length;
        yield { ...chunk, jobId };
      }
      return;
    } catch (error) {
      cutAt ??= Date.now();
      const mayResume = error instanceof JobError && error.code === "UNAVAILABLE" && jobId;
      if (!mayResume || Date.now() - cutAt > RESUME_FOR_MS) throw error;
    }
    await pause(pauseMs, signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}
