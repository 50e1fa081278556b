import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

/** At `time` the logs of a job had grown to these ends: what lies below was written by then. */
export interface IndexEntry {
  /** Milliseconds since 1970; never less than that of the entry before. */
  readonly time: number;
  /** Bytes of each log, in the order of `logFiles`; of a job with one log the second is 0. */
  readonly ends: readonly [number, number];
}

/** Three float64, little-endian: time, two ends. A last record that is not complete does not count. */
export const RECORD_BYTES = 24;
/** So many records are read at a time. */
const BLOCK_RECORDS = 512;

export function indexPath(jobDir: string): string {
  return join(jobDir, "index");
}

export function encodeEntries(entries: readonly IndexEntry[]): Buffer {
  const bytes = Buffer.alloc(entries.length * RECORD_BYTES);
  for (const [index, { time, ends }] of entries.entries()) {
    for (const [field, value] of [time, ...ends].entries()) {
      bytes.writeDoubleLE(value, index * RECORD_BYTES + field * 8);
    }
  }
  return bytes;
}

export function decodeEntries(bytes: Buffer): IndexEntry[] {
  return Array.from({ length: Math.floor(bytes.length / RECORD_BYTES) }, (_, index) => {
    const field = (number: number) => bytes.readDoubleLE(index * RECORD_BYTES + number * 8);
    return { time: field(0), ends: [field(1), field(2)] };
  });
}

/**
 * When the output of a job was written: looked up by binary search, whatever the size of the logs. A snapshot; a
 * job without an index, as those of the first version are, has no entries.
 */
export class TimeIndex implements Disposable {
  readonly length: number;
  readonly #fd: number | undefined;

  constructor(jobDir: string) {
    try {
      this.#fd = openSync(indexPath(jobDir), "r");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    this.length = this.#fd === undefined ? 0 : Math.floor(fstatSync(this.#fd).size / RECORD_BYTES);
  }

  /** Undefined before the first entry and after the last. */
  at(position: number): IndexEntry | undefined {
    return position < 0 ? undefined : this.#block(position, 1)[0];
  }

  /** Position of the first entry that `holds` of, when it holds of all that follow; the length when of none. */
  first(holds: (entry: IndexEntry) => boolean): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.at(middle);
      if (entry === undefined || holds(entry)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  *from(position: number): Generator<IndexEntry, void, undefined> {
    for (let at = position; at < this.length; at += BLOCK_RECORDS) yield* this.#block(at, BLOCK_RECORDS);
  }

  *backwardsFrom(position: number): Generator<IndexEntry, void, undefined> {
    for (let end = position + 1; end > 0; end -= BLOCK_RECORDS) {
      const start = Math.max(0, end - BLOCK_RECORDS);
      yield* this.#block(start, end - start).toReversed();
    }
  }

  [Symbol.dispose](): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
  }

  #block(position: number, count: number): IndexEntry[] {
    const records = Math.min(count, this.length - position);
    if (this.#fd === undefined || records <= 0) return [];
    const bytes = Buffer.allocUnsafe(records * RECORD_BYTES);
    const read = readSync(this.#fd, bytes, 0, bytes.length, position * RECORD_BYTES);
    return decodeEntries(bytes.subarray(0, read));
  }
}
