import { fstatSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { invalidInput, JobError, throwIfAborted } from "../errors.ts";
import type { LogWatch } from "./watch.ts";

/**
 * Most bytes of output in one chunk: just below 64 KiB, so that an agent sends it in four messages of a frame of
 * HTTP/2 each, also when it cuts them between characters.
 */
export const CHUNK_BYTES = 65_000;

export interface ReadLogInput {
  readonly path: string;
  /** First byte to read. */
  readonly offset: number;
  /** Undefined ends with the output there is now. */
  readonly follow?: {
    readonly watch: LogWatch;
    /** Whether nothing can write any more. */
    readonly finished: () => boolean;
  };
}

export interface LogPiece {
  readonly offset: number;
  readonly output: Uint8Array;
}

/**
 * Lists, then watches: yields what the file holds from `offset` on and, following, what is added until the job
 * has ended and the last byte was read.
 * @throws JobError INVALID_INPUT beyond the end, LOG_DAMAGED when the file shrank or went, CANCELLED
 */
export async function* readLog(
  { path, offset, follow }: ReadLogInput,
  signal?: AbortSignal,
): AsyncGenerator<LogPiece, void, undefined> {
  await using file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw damaged("was removed");
    throw error;
  });
  using _watching = follow?.watch.open();
  const { size: sizeAtStart } = fstatSync(file.fd);
  if (offset > sizeAtStart)
    throw invalidInput([`offset must be at most the log's ${sizeAtStart} bytes, got ${offset}`]);
  let position = offset;
  for (;;) {
    // Both are asked before reading: what is written between the question and the read is read, never lost.
    const version = follow?.watch.version ?? 0;
    const finished = follow?.finished() ?? true;
    const { size, nlink } = fstatSync(file.fd);
    if (size < position) throw damaged(`shrank to ${size} bytes, below the ${position} read already`);
    const end = follow ? size : sizeAtStart;
    while (position < end) {
      throwIfAborted(signal);
      // Fresh for each chunk: whoever has it may keep it.
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - position));
      const bytes = readSync(file.fd, buffer, 0, buffer.length, position);
      if (bytes === 0) break;
      yield { offset: position, output: buffer.subarray(0, bytes) };
      position += bytes;
    }
    if (finished || !follow) return;
    if (nlink === 0) throw damaged("was removed");
    await follow.watch.changedSince(version, signal);
    throwIfAborted(signal);
  }
}

function damaged(what: string): JobError {
  return new JobError("LOG_DAMAGED", `the job's log ${what}, so output is missing`, {
    hint: "nothing but LPR should touch the log of a job",
  });
}
