import type { LogChunk } from "../job/types.ts";
import { toStreamLogsResponse } from "../rpc/convert/responses.ts";
import type { ResponseOf } from "../rpc/schema.ts";

type Message = ResponseOf<"streamLogs">;

/** Output of one message, in bytes: larger ones hang at clients with small HTTP/2 windows. */
export const MAX_OUTPUT_BYTES = 16 * 1024;

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
    const chunk: LogChunk = held ? join(held, next) : next;
    held = undefined;
    for (let start = 0; start < chunk.output.length; ) {
      const piece = chunk.output.subarray(start, start + MAX_OUTPUT_BYTES);
      const isLast = start + piece.length === chunk.output.length;
      const tail = splitCharacter(piece);
      // The end of a small chunk is sent as it is: nothing may follow for long.
      const length = isLast && chunk.output.length < MAX_OUTPUT_BYTES ? piece.length : piece.length - tail;
      yield toStreamLogsResponse({ jobId, offset: chunk.offset + start, output: piece.subarray(0, length) });
      start += length;
      if (isLast && length < piece.length) {
        held = { jobId, offset: chunk.offset + start, output: piece.slice(length) };
        break;
      }
    }
  }
  if (held) yield toStreamLogsResponse(held);
}

/** Two chunks as one, unless bytes between them were lost. */
function join(held: LogChunk, next: LogChunk): LogChunk {
  if (held.offset + held.output.length !== next.offset) return next;
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
