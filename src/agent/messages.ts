import { isLate } from "../job/late.ts";
import type { LogChunk, LogStream } from "../job/types.ts";
import { toStreamLogsResponse } from "../rpc/convert/responses.ts";
import type { ResponseOf } from "../rpc/schema.ts";

type Message = ResponseOf<"streamLogs">;

/**
 * Output of one message, in bytes: larger ones hang at clients with small HTTP/2 windows. With what is around it,
 * it fits into one HTTP/2 frame of 16 KiB: a second frame for the rest would cost both ends a tenth of their speed.
 */
export const MAX_OUTPUT_BYTES = 16 * 1024 - 128;

/**
 * Time for which the beginning of a character waits for its rest, in milliseconds. Programs write in blocks that end
 * anywhere; the next one follows at once. What is no text is not kept from its reader for longer than this.
 */
const REST_WITHIN_MS = 50;

const nothing = new Uint8Array(0);

/**
 * Cuts output into messages. The first one holds none: it tells at once that the stream is live, and
 * the id to resume with, which the others leave out. No message splits a character of UTF-8, unless its rest does not
 * come: clients of the first protocol read output as a string, and strict ones refuse half a character.
 */
export async function* toMessages(
  jobId: string,
  offset: number | undefined,
  chunks: AsyncIterable<LogChunk>,
): AsyncGenerator<Message, void, undefined> {
  yield toStreamLogsResponse({ jobId, offset: offset ?? 0, output: nothing });
  /** By the log it is from: what completes a character comes next in the same log. */
  const held = new Map<LogStream | undefined, LogChunk>();
  for await (const chunk of withPauses(chunks, () => held.size > 0)) {
    if (chunk === pause) {
      for (const rest of held.values()) yield toStreamLogsResponse(rest);
      held.clear();
      continue;
    }
    const next = { ...chunk, jobId: "" };
    const before = held.get(next.stream);
    held.delete(next.stream);
    const joined = before ? join(before, next) : next;
    if (before && !joined) yield toStreamLogsResponse(before);
    const rest = yield* cut(joined ?? next);
    if (rest) held.set(rest.stream, rest);
  }
  for (const rest of held.values()) yield toStreamLogsResponse(rest);
}

const pause = Symbol("pause");

/** The chunks and, where none follows for a while although somebody is waiting, `pause`. */
async function* withPauses<T>(
  chunks: AsyncIterable<T>,
  isWaiting: () => boolean,
): AsyncGenerator<T | typeof pause, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (let next = iterator.next(); ; next = iterator.next()) {
      if (isWaiting() && (await isLate(next, REST_WITHIN_MS))) yield pause;
      const { done, value } = await next;
      if (done) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** The messages of a chunk; returns the beginning of a character at its end, which the next chunk completes. */
function* cut(chunk: LogChunk): Generator<Message, LogChunk | undefined, undefined> {
  const { discardedBytes, truncated, ...plain } = chunk;
  const { offset, output } = chunk;
  const end = output.length - splitCharacter(output);
  const tellsNothing = end === 0 && output.length > 0 && discardedBytes === undefined && !truncated;
  if (tellsNothing) return chunk;
  let start = 0;
  do {
    const piece = output.subarray(start, Math.min(start + MAX_OUTPUT_BYTES, end));
    const whole =
      start + piece.length === end ? piece : piece.subarray(0, -splitCharacter(piece) || undefined);
    // What is missing is missing before the first of them.
    yield toStreamLogsResponse({ ...(start === 0 ? chunk : plain), offset: offset + start, output: whole });
    start += whole.length;
  } while (start < end);
  return end < output.length ? { ...plain, offset: offset + end, output: output.slice(end) } : undefined;
}

/** Two chunks as one; undefined when bytes are missing between them, or they were written at other times. */
function join(held: LogChunk, next: LogChunk): LogChunk | undefined {
  if (held.offset + held.output.length !== next.offset || next.truncated) return undefined;
  if (held.time?.getTime() !== next.time?.getTime()) return undefined;
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
