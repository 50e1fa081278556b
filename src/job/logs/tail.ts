import { readSync } from "node:fs";
import type { LogCursor } from "./cursor.ts";
import type { TimeIndex } from "./time-index.ts";
import { Turns } from "./turns.ts";

/** Logs are looked through in blocks of this size: one is in memory, however long log and lines are. */
const BLOCK_BYTES = 64 * 1024;
const NEWLINE = 10;

/**
 * Puts the cursors where the last lines begin, counted over all of them. Where there are not that many from the
 * cursors on, they stay.
 */
export async function seekLastLines(
  count: number,
  index: TimeIndex,
  cursors: readonly LogCursor[],
  ends: readonly number[],
): Promise<void> {
  const searches = cursors.map((cursor, at) => new LineSearch(cursor, ends[at] ?? 0));
  let missing = count;
  for (const lows of partsBackwards(index, cursors, ends)) {
    // Of what came between two entries of the index the last log is shown last.
    for (const [at, search] of [...searches.entries()].toReversed()) {
      missing -= await search.back(lows[at] ?? 0, missing);
    }
    if (missing === 0) break;
  }
  if (missing > 0) return;
  for (const [at, cursor] of cursors.entries()) cursor.position = searches[at]?.start ?? 0;
}

/** Where the parts of the logs begin that came at one time, from the last to the first. */
function* partsBackwards(
  index: TimeIndex,
  cursors: readonly LogCursor[],
  ends: readonly number[],
): Generator<readonly number[], void, undefined> {
  // The order within a single log needs no index.
  if (cursors.length > 1) {
    const complete = index.first((entry) =>
      cursors.every(({ log }, at) => (entry.ends[log] ?? 0) >= (ends[at] ?? 0)),
    );
    for (const entry of index.backwardsFrom(complete - 1)) {
      yield cursors.map(({ log }) => entry.ends[log] ?? 0);
    }
  }
  yield cursors.map(() => 0);
}

/** Finds where lines begin in one log, from its end. The last one need not be complete. */
class LineSearch {
  /** Of the earliest line found so far. */
  start: number;
  readonly #descriptor: number;
  readonly #floor: number;
  readonly #block = Buffer.allocUnsafe(BLOCK_BYTES);
  readonly #turns = new Turns();
  /** Lines that begin here or later have been found. */
  #seen: number;

  constructor(cursor: LogCursor, end: number) {
    this.#descriptor = cursor.descriptor;
    this.#floor = Math.max(cursor.position, cursor.start);
    this.#seen = Math.max(end, this.#floor);
    this.start = this.#seen;
  }

  /** Goes back, to `low` at most, until so many lines were found; resolves to how many it were. */
  async back(low: number, wanted: number): Promise<number> {
    const bottom = Math.max(low, this.#floor);
    let found = 0;
    while (found < wanted && this.#seen > bottom) {
      found += this.#searchBlock(Math.max(bottom, this.#seen - BLOCK_BYTES), wanted - found);
      await this.#turns.pass();
    }
    // The first byte of all begins a line as well.
    if (found === wanted || this.#seen > this.#floor || this.start === this.#floor) return found;
    this.start = this.#floor;
    return found + 1;
  }

  #searchBlock(from: number, wanted: number): number {
    // What makes a byte the first of a line is the one before it.
    const first = Math.max(from - 1, this.#floor);
    const bytes = readSync(this.#descriptor, this.#block, 0, this.#seen - 1 - first, first);
    let found = 0;
    for (let at = bytes; found < wanted && at > 0; found++) {
      at = this.#block.lastIndexOf(NEWLINE, at - 1);
      if (at < 0) break;
      this.start = first + at + 1;
    }
    this.#seen = found === wanted ? this.start : from;
    return found;
  }
}
