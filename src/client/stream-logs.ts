import { JobError } from "../job/errors.ts";
import type { LogChunk, StreamLogsInput } from "../job/types.ts";
import { toStreamLogsRequest } from "../rpc/convert/requests.ts";
import { fromStreamLogsResponse } from "../rpc/convert/responses.ts";
import { LogProgress } from "../rpc/log-progress.ts";
import { jobService } from "../rpc/schema.ts";
import { CAN_UNPACK } from "../rpc/unpack.ts";
import { isLoopback } from "./address.ts";
import { serverStreaming } from "./calls.ts";
import type { Channels } from "./channels.ts";
import type { StreamLogsOptions } from "./client.ts";
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
  {
    signal,
    onCut,
    onResumed,
    compress = !isLoopback(channels.target.address),
  }: StreamLogsOptions & { readonly signal: AbortSignal },
): AsyncGenerator<LogChunk, void, undefined> {
  const progress = new LogProgress(input);
  let cutAt: number | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const request = toStreamLogsRequest(progress.rest(), { acceptZstd: compress && CAN_UNPACK });
    let isFirst = true;
    try {
      for await (const message of serverStreaming(channels, jobService.streamLogs, request, signal)) {
        const chunk = fromStreamLogsResponse(message);
        if (cutAt !== undefined) onResumed?.();
        cutAt = undefined;
        pauseMs = FIRST_PAUSE_MS;
        progress.identified(chunk.jobId);
        // The first message shows that the stream is live, and no more. Later ones may leave the id out.
        if (!isFirst || chunk.output.length > 0) {
          const known = { ...chunk, jobId: chunk.jobId || (progress.jobId ?? "") };
          progress.add(known);
          yield known;
        }
        isFirst = false;
      }
      return;
    } catch (error) {
      const mayResume = error instanceof JobError && error.code === "UNAVAILABLE" && progress.jobId;
      if (!mayResume) throw error;
      if (cutAt === undefined) onCut?.(error);
      cutAt ??= Date.now();
      if (Date.now() - cutAt > RESUME_FOR_MS) throw error;
    }
    await pause(pauseMs, signal);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}
