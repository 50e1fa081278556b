import { closeSync, openSync, readSync } from "node:fs";
import { type LogFile, sum } from "./files.ts";
import type { TimeIndex } from "./time-index.ts";

/** Least value of `maxLogBytes`: a few blocks of a file system. */
export const MIN_LOG_BYTES = 64 * 1024;
/** Kept where neither job nor service say anything, in bytes. */
export const DEFAULT_LOG_BYTES = 1024 ** 3;
/** When the oldest output is given up, an eighth goes at once: each time costs a wait for the disk. */
const KEPT_SHARE = 7 / 8;
/** A line that is longer is cut, in bytes. */
const LINE_BYTES = 64 * 1024;

/**
 * Where the logs shall begin so that they are within the cap again; undefined while they are. Of two logs the older
 * output goes, as the time index has it.
 */
export function newStarts(
  index: TimeIndex,
  starts: readonly number[],
  sizes: readonly number[],
  maxBytes: number,
): readonly number[] | undefined {
  if (sum(sizes) - sum(starts) <= maxBytes) return undefined;
  const surplus = sum(sizes) - Math.floor(maxBytes * KEPT_SHARE);
  // `surplus` counts from the first byte of all, so what was given up before is in it.
  const behind = index.first(({ ends }) => sum(ends) >= surplus);
  const before = index.at(behind - 1)?.ends ?? [0, 0];
  const after = index.at(behind)?.ends ?? sizes;
  const share = (surplus - sum(before)) / (sum(after) - sum(before));
  return sizes.map((size, log) => {
    const [low = 0, high = size] = [before[log], after[log]];
    return Math.min(size, Math.max(starts[log] ?? 0, Math.ceil(low + share * (high - low))));
  });
}

/** The first byte after a line's end from `offset` on; `offset` itself where no line ends soon. */
export function nextLine({ path }: LogFile, offset: number): number {
  const fd = openSync(path, "r");
  try {
    const bytes = Buffer.allocUnsafe(LINE_BYTES);
    const read = readSync(fd, bytes, 0, LINE_BYTES, offset);
    const end = bytes.subarray(0, read).indexOf("\n");
    return end < 0 ? offset : offset + end + 1;
  } finally {
    closeSync(fd);
  }
}
