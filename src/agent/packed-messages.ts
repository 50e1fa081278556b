import type { LogChunk } from "../job/types.ts";
import { toStreamLogsResponse } from "../rpc/convert/responses.ts";
import type { ResponseOf } from "../rpc/schema.ts";
import { MAX_OUTPUT_BYTES } from "./messages.ts";

type Message = ResponseOf<"streamLogs">;

const nothing = new Uint8Array(0);

/** The quickest: on access logs, level 3 is as slow again and saves nothing. */
const LEVEL = 1;
/** What is shorter is sent as it is: the headers of a message cost as much. */
const MIN_BYTES = 512;
/** What does not shrink to this part of itself is sent as it is. */
const WORTH = 0.9;
/** Messages that are sent as they are, at most, before packing is tried again. */
const LONGEST_REST = 64;

interface Packed {
  /** Bytes of output that are in it. */
  readonly taken: number;
  readonly output: Uint8Array;
  readonly isPacked: boolean;
}

/**
 * Cuts output into messages as `toMessages` does, for clients that offered zstd. One message holds as much
 * of a chunk as fits, in a frame of its own, so that a client that is cut off resumes at any of them.
 */
export async function* toPackedMessages(
  jobId: string,
  offset: number | undefined,
  chunks: AsyncIterable<LogChunk>,
): AsyncGenerator<Message, void, undefined> {
  yield toStreamLogsResponse({ jobId, offset: offset ?? 0, output: nothing });
  const packer = new Packer();
  for await (const chunk of chunks) {
    const { discardedBytes: _, truncated: __, ...plain } = chunk;
    let start = 0;
    do {
      const { taken, output, isPacked } = await packer.pack(chunk.output.subarray(start));
      const piece = { ...(start === 0 ? chunk : plain), jobId: "", offset: chunk.offset + start, output };
      yield toStreamLogsResponse(piece, isPacked ? taken : undefined);
      start += taken;
    } while (start < chunk.output.length);
  }
}

/** Packs what shrinks. What does not is tried ever less often: it is likely to be packed already, or encrypted. */
class Packer {
  #rest = 0;
  #nextRest = 1;

  async pack(output: Uint8Array): Promise<Packed> {
    if (output.length < MIN_BYTES || this.#rest > 0) {
      this.#rest = Math.max(0, this.#rest - 1);
      return plainly(output);
    }
    for (let taken = output.length; taken >= MIN_BYTES; taken = Math.ceil(taken / 2)) {
      const packed = await Bun.zstdCompress(output.subarray(0, taken), { level: LEVEL });
      if (packed.length > taken * WORTH) break;
      if (packed.length > MAX_OUTPUT_BYTES) continue;
      this.#nextRest = 1;
      return { taken, output: packed, isPacked: true };
    }
    this.#rest = this.#nextRest;
    this.#nextRest = Math.min(2 * this.#nextRest, LONGEST_REST);
    return plainly(output);
  }
}

function plainly(output: Uint8Array): Packed {
  const taken = Math.min(output.length, MAX_OUTPUT_BYTES);
  return { taken, output: output.subarray(0, taken), isPacked: false };
}
