import type { IndexEntry } from "./time-index.ts";

/** Entries are at least this part of their age apart once an index is thinned out. */
const AGE_PARTS = 10_000;

/**
 * What to keep of an index that has grown long, so that it stays small however long a job runs: times are exact to
 * a ten-thousandth of how long ago they are. An hour ago that is less than the time between two samples, after a day
 * 9 seconds, after a year 53 minutes; and a year takes about 100,000 entries, 2.5 MB.
 */
export function thin(entries: readonly IndexEntry[]): IndexEntry[] {
  const now = entries.at(-1)?.time ?? 0;
  let kept = Number.NEGATIVE_INFINITY;
  return entries.filter(({ time }) => {
    // Always holds of the last one: nothing of the log may be without a time.
    const keeps = time - kept >= (now - time) / AGE_PARTS;
    if (keeps) kept = time;
    return keeps;
  });
}
