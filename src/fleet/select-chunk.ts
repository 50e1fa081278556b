import type { LogChunk, StreamLogsInput } from "../job/types.ts";

/** Which part of a job's output: what was asked for of `StreamLogsInput`, without `tailLines`. */
export type Selection = Pick<
  StreamLogsInput,
  "stream" | "offset" | "stderrOffset" | "since" | "until" | "timestamps"
>;

/** What is wanted of a chunk that has its time; undefined: nothing. */
export function selectChunk(chunk: LogChunk, wanted: Selection): LogChunk | undefined {
  const { stream, since, until, timestamps = false } = wanted;
  if (stream !== undefined && chunk.stream !== stream) return undefined;
  if (since !== undefined && chunk.time !== undefined && chunk.time < since) return undefined;
  if (until !== undefined && chunk.time !== undefined && chunk.time >= until) return undefined;
  const { jobId, stream: log, time, discardedBytes, truncated } = chunk;
  const from = startIn(chunk, wanted);
  const skipped = Math.max(0, from - chunk.offset);
  if (skipped > 0 && skipped >= chunk.output.length) return undefined;
  // What is missing before the place that was asked for is not asked for.
  const missing = Math.min(discardedBytes ?? 0, Math.max(0, chunk.offset - from));
  if (chunk.output.length === 0 && missing === 0 && !chunk.truncated) return undefined;
  return {
    jobId,
    ...(log === undefined ? {} : { stream: log }),
    ...(truncated ? { truncated } : {}),
    offset: chunk.offset + skipped,
    output: chunk.output.subarray(skipped),
    ...(timestamps && time !== undefined ? { time } : {}),
    ...(missing > 0 ? { discardedBytes: missing } : {}),
  };
}

/** Where the log of the chunk is read from. */
function startIn(chunk: LogChunk, { stream, offset = 0, stderrOffset = 0 }: Selection): number {
  return chunk.stream === "stderr" && stream === undefined ? stderrOffset : offset;
}
