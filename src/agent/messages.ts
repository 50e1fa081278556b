import type { LogChunk } from "../job/types.ts";
import { toStreamLogsResponse } from "../rpc/convert/responses.ts";
import type { ResponseOf } from "../rpc/schema.ts";

type Message = ResponseOf<"streamLogs">;

/**
 * Output of one message, in bytes: larger ones hang at clients with small HTTP/2 windows. With what is around it,
 * it fits into one HTTP/2 frame of 16 KiB: a second frame for the rest would cost both ends a tenth of their speed.
 */
export const MAX_OUTPUT_BYTES = 16 * 1024 - 128;

const nothing = new Uint8Array(0);

/**
 * Cuts output into messages. The first one holds none: it tells at once that the stream is live, and
 * the id to resume with. No message splits a character of UTF-8, as far as that is possible without
 * holding output back: clients of the first protocol read it as a string.
 */
export async function* toMessages(
  jobId: string,
  offset: number | undefined,
  chunks: AsyncIterable<LogChunk>,
): AsyncGenerator<Message, void, undefined> {
  yield toStreamLogsResponse({ jobId, offset: offset ?? 0, output: nothing });
  let held: LogChunk | undefined;
  for await (const next of chunks) {
    const joined = held && join(held, next);
    if (held && !joined) yield toStreamLogsResponse(held);
    const { offset: from, output } = joined ?? next;
    // The end of a small chunk is sent as it is: nothing may follow for long.
    const end = output.length < MAX_OUTPUT_BYTES ? output.length : output.length - splitCharacter(output);
    for (let start = 0; start < end; ) {
      const piece = output.subarray(start, Math.min(start + MAX_OUTPUT_BYTES, end));
      const whole =
        start + piece.length === end ? piece : piece.subarray(0, -splitCharacter(piece) || undefined);
      yield toStreamLogsResponse({ jobId, offset: from + start, output: whole });
      start += whole.length;
    }
    held = end < output.length ? { jobId, offset: from + end, output: output.slice(end) } : undefined;
  }
  if (held) yield toStreamLogsResponse(held);
}

/** Two chunks as one; undefined when bytes between them were lost. */
function join(held: LogChunk, next: LogChunk): LogChunk | undefined {
  if (held.offset + held.output.length !== next.offset) return undefined;
  return { ...held, output: Buffer.concat([held.output, next.output]) };
}

/** Bytes at the end that begin a character of UTF-8 and do not complete it, 0 to 3. */
function splitCharacter(output: Uint8Array): number {
  for (let back = 1; back <= 3; back++) {
    const byte = output.at(-back) ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0;
  }
  return 0;
}

/** Bytes of the character that starts with this one. */
function sequenceLength(lead: number): number {
  if (lead >= 0xf8) return 1;
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
