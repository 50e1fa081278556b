import type { LogCursor } from "./cursor.ts";
import type { IndexEntry, TimeIndex } from "./time-index.ts";

/** How the logs are now, which the index may not know yet. */
function latest(index: TimeIndex, cursors: readonly LogCursor[]): IndexEntry {
  const { time = 0, ends = [0, 0] } = index.at(index.length - 1) ?? {};
  const modifiedAt = Math.max(...cursors.map((cursor) => cursor.modifiedAt));
  const sizes = ends.map((end, log) => cursors.find((cursor) => cursor.log === log)?.size ?? end);
  const [first = 0, second = 0] = sizes;
  return { time: Math.max(time, Math.min(Date.now(), modifiedAt)), ends: [first, second] };
}

/** The entries of what the cursors have not read, in order, and at last how the logs are now. */
export function* steps(
  index: TimeIndex,
  cursors: readonly LogCursor[],
): Generator<IndexEntry, void, undefined> {
  const isAhead = ({ ends }: IndexEntry) =>
    cursors.some((cursor) => (ends[cursor.log] ?? 0) > cursor.position);
  yield* index.from(index.first(isAhead));
  yield latest(index, cursors);
}

/** Where what was written from `since` on begins. */
export function startsSince(since: Date, index: TimeIndex, cursors: readonly LogCursor[]): number[] {
  const isSince = ({ time }: IndexEntry) => time >= since.getTime();
  const first = index.first(isSince);
  // What came between two entries came by the second of them.
  const none = first === index.length && !isSince(latest(index, cursors));
  const before = index.at(first - 1);
  return cursors.map((cursor) => (none ? cursor.size : (before?.ends[cursor.log] ?? 0)));
}

/** Where what was written before `until` ends; undefined: where the logs do. */
export function endsBefore(
  until: Date | undefined,
  index: TimeIndex,
  cursors: readonly LogCursor[],
): number[] {
  const isLater = ({ time }: IndexEntry) => until !== undefined && time >= until.getTime();
  const later = index.first(isLater);
  const all = later === index.length && !isLater(latest(index, cursors));
  const last = index.at(later - 1);
  return cursors.map((cursor) => (all ? cursor.size : (last?.ends[cursor.log] ?? 0)));
}
