import type { LogChunk } from "../job/types.ts";
import { write, writeError } from "./output.ts";
import { formatSize } from "./size.ts";

/** What cannot be seen in the output itself: that some of it is missing. */
export function describeGap({ discardedBytes, truncated }: LogChunk): string | undefined {
  if (truncated) return "[lpr: the log was cut shorter; this is its beginning as it is now]";
  if (discardedBytes === undefined) return undefined;
  return `[lpr: ${formatSize(discardedBytes)} of output are no longer kept]`;
}

/** Standard error of a job whose output is split goes to standard error, everything else to standard output. */
export function writeOutput({ stream, output }: LogChunk): Promise<void> {
  return stream === "stderr" ? writeError(output) : write(output);
}

const NEWLINE = 10;

/** Puts the time of its first byte before each line; lines of the two streams of a job may interleave. */
export class TimestampedLines {
  /** Whether the last line of a log is complete. */
  readonly #atLineStart = new Map<LogChunk["stream"], boolean>();

  add({ stream, output, time }: LogChunk): Buffer {
    const prefix = Buffer.from(`${time?.toISOString() ?? ""} `);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < output.length; ) {
      const newline = output.indexOf(NEWLINE, at);
      const end = newline < 0 ? output.length : newline + 1;
      if (this.#atLineStart.get(stream) ?? true) parts.push(prefix);
      parts.push(output.subarray(at, end));
      this.#atLineStart.set(stream, newline >= 0);
      at = end;
    }
    return Buffer.concat(parts);
  }
}
