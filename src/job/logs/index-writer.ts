import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { thin } from "./thin.ts";
import {
  decodeEntries,
  encodeEntries,
  type IndexEntry,
  indexPath,
  RECORD_BYTES,
  TimeIndex,
} from "./time-index.ts";

/** An index is thinned out for the first time when it has so many entries: 1.5 MB, four hours of steady output. */
const FIRST_THINNING = 65_536;

/** Adds to the time index of a job. There is one writer of it, in the service that has the job. */
export class IndexWriter {
  /** Ends of the logs as an earlier writer knew them: one that is shorter now was cut meanwhile. */
  readonly foundEnds: readonly [number, number];
  readonly #jobDir: string;
  readonly #thinAt: number;
  #length = 0;
  #last: IndexEntry | undefined;
  #nextThinning: number;

  /**
   * Goes on where an earlier writer was.
   * @param sizes of the logs as they are: entries beyond are of output that is not there, after a power loss or
   * when a log was truncated
   * @param thinAt entries before the index is thinned out
   */
  constructor(jobDir: string, sizes: readonly number[], thinAt = FIRST_THINNING) {
    this.#jobDir = jobDir;
    this.#thinAt = thinAt;
    this.#nextThinning = thinAt;
    // What is no entry is forgotten before the last one is believed.
    this.cutTo([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    this.foundEnds = this.ends;
    this.cutTo(sizes);
  }

  /** Ends of the logs as last written down. */
  get ends(): readonly [number, number] {
    return this.#last?.ends ?? [0, 0];
  }

  /** Writes down that by `time` the logs had grown to these ends. A clock that was set back stands still meanwhile. */
  append(time: number, ends: IndexEntry["ends"]): void {
    const entry = { time: Math.max(time, this.#last?.time ?? 0), ends };
    const fd = openSync(indexPath(this.#jobDir), "a", 0o600);
    try {
      if (writeSync(fd, encodeEntries([entry])) < RECORD_BYTES) {
        // The disk is full: half a record would put all later ones out of step.
        ftruncateSync(fd, this.#length * RECORD_BYTES);
        throw new Error("the disk is full");
      }
    } finally {
      closeSync(fd);
    }
    this.#last = entry;
    this.#length++;
    if (this.#length >= this.#nextThinning) this.#thin();
  }

  /** Forgets what is said of output beyond these sizes, and of a last record that is not complete. */
  cutTo(sizes: readonly number[]): void {
    using index = new TimeIndex(this.#jobDir);
    const [first = 0, second = 0] = sizes;
    // A power loss may have left zeros, which no entry is: their time would be 1970.
    this.#length = index.first(({ time, ends }) => time === 0 || ends[0] > first || ends[1] > second);
    this.#last = index.at(this.#length - 1);
    truncate(indexPath(this.#jobDir), this.#length * RECORD_BYTES);
  }

  #thin(): void {
    const path = indexPath(this.#jobDir);
    const kept = thin(decodeEntries(readFileSync(path)));
    writeFileSync(`${path}.new`, encodeEntries(kept), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    this.#length = kept.length;
    this.#nextThinning = Math.max(this.#thinAt, 2 * kept.length);
  }
}

function truncate(path: string, bytes: number): void {
  try {
    truncateSync(path, bytes);
  } catch (error) {
    // Nothing has been written down yet.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
