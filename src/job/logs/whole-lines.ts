import { readSync } from "node:fs";

const NEWLINE = 10;
/** The end of a line is looked for in so many bytes, and where it is not there, in so many more. */
const LOOKED_AT = [4 * 1024, 64 * 1024] as const;

const buffer = Buffer.allocUnsafe(LOOKED_AT[1]);

/**
 * Where the last line that is complete ends, of what a log holds from `from`, the beginning of a line, to `to`: `from`
 * itself while there is none. What has no end of line in 64 KiB is no text, and counts to its last byte.
 */
export function endOfLines(descriptor: number, from: number, to: number): number {
  for (const bytes of LOOKED_AT) {
    const start = Math.max(from, to - bytes);
    const read = readSync(descriptor, buffer, 0, to - start, start);
    const newline = buffer.subarray(0, read).lastIndexOf(NEWLINE);
    if (newline >= 0) return start + newline + 1;
    if (start === from) return from;
  }
  return to;
}
