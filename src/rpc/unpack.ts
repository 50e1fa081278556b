import * as zlib from "node:zlib";
import { JobError } from "../job/errors.ts";
import { job_runner as wire } from "./generated/job_runner.js";
import type { ResponseOf } from "./schema.ts";

/** Most output in one message, in bytes: a small one that unpacks to gigabytes must not use up our memory. */
export const MAX_UNPACKED_BYTES = 1024 * 1024;

/** Node has it from version 22.15 on: with an older one the client takes output as it is. */
export const CAN_UNPACK = "zstdDecompressSync" in zlib;

type Packed = Pick<ResponseOf<"streamLogs">, "output" | "encoding" | "unpackedBytes">;

/** @throws JobError INTERNAL when it is damaged, too large, or packed in a way that is not known here */
export function unpack({ output, encoding, unpackedBytes }: Packed): Uint8Array {
  if (encoding === wire.LogEncoding.LOG_ENCODING_PLAIN) return output;
  if (encoding !== wire.LogEncoding.LOG_ENCODING_ZSTD) {
    throw new JobError("INTERNAL", `the agent packs output in a way that is not known here (${encoding})`, {
      hint: "this lpr may be older than the agent: upgrade it",
    });
  }
  if (unpackedBytes < 1 || unpackedBytes > MAX_UNPACKED_BYTES) {
    throw damaged(new RangeError(`${unpackedBytes} bytes in one message`));
  }
  const plain = decompress(output, unpackedBytes);
  // A frame that was cut off is unpacked as far as it goes, without an error.
  if (plain.length !== unpackedBytes) {
    throw damaged(new RangeError(`${plain.length} bytes instead of ${unpackedBytes}`));
  }
  return plain;
}

function decompress(output: Uint8Array, maxOutputLength: number): Buffer {
  try {
    return zlib.zstdDecompressSync(output, { maxOutputLength });
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause: unknown): JobError {
  return new JobError("INTERNAL", "the agent sent output that cannot be unpacked", {
    hint: "read it with --no-compress",
    cause,
  });
}
