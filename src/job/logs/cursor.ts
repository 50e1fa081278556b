import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { JobError } from "../errors.ts";
import type { LogStream } from "../types.ts";
import type { ReadableLog } from "./readable-log.ts";

/**
 * Most bytes of output in one chunk: just below 32 KiB, so that an agent sends it in two messages of a frame of
 * HTTP/2 each, also when it cuts them between characters. Larger ones are no quicker, and a follower that has stopped
 * holds one.
 */
const CHUNK_BYTES = 32_500;

export interface LogPiece {
  readonly offset: number;
  readonly output: Uint8Array;
  readonly stream?: LogStream;
  readonly time?: Date;
  readonly discardedBytes?: number;
  readonly truncated?: true;
  readonly cuts?: number;
}

const nothing = new Uint8Array(0);

/** A place in one log of a job, and the way on from there. */
export class LogCursor implements Disposable {
  /** Which log it is, in the order of the job's logs. */
  readonly log: number;
  position = 0;
  readonly #source: ReadableLog;
  readonly #path: string;
  readonly #stream: { readonly stream?: LogStream };
  readonly #descriptor: number;
  #size = 0;
  #modifiedAt = 0;
  /** Bytes before `position` that nobody has been told of yet that they are not kept. */
  #discarded = 0;
  #truncated = false;
  /** How often the log had been cut shorter when `position` was chosen. */
  #cuts: number;

  /** @throws JobError LOG_DAMAGED when the log is gone */
  constructor(source: ReadableLog, log: number) {
    const { path = "", stream } = source.files[log] ?? {};
    this.log = log;
    this.#source = source;
    this.#path = path;
    this.#stream = stream === undefined ? {} : { stream };
    this.#cuts = this.cuts;
    try {
      this.#descriptor = openSync(path, "r");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw damaged("removed");
      throw error;
    }
    this.look();
  }

  get descriptor(): number {
    return this.#descriptor;
  }

  /** Bytes in the log, as of the last look. */
  get size(): number {
    return this.#size;
  }

  /** When it was last written to, as of the last look; milliseconds since 1970. */
  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  /** Where the log begins: what was before has been given up. */
  get start(): number {
    return this.#source.starts[this.log] ?? 0;
  }

  /** How often the log has been cut shorter. */
  get cuts(): number {
    return this.#source.cuts[this.log] ?? 0;
  }

  /** Goes on where a reader was that knew of so many cuts; undefined: of all. */
  resume(position: number, cuts = this.cuts): void {
    this.position = position;
    // A service that was killed may have told of a cut that it had not come to record.
    this.#cuts = Math.min(cuts, this.cuts);
    this.look();
  }

  /**
   * Asks the file how it is. A log that was cut shorter is read from its beginning: nothing of it is left out. Also
   * when it has grown since, beyond where its reader was.
   */
  look(): void {
    const { size, mtimeMs } = fstatSync(this.#descriptor);
    this.#size = size;
    this.#modifiedAt = mtimeMs;
    if (size < Math.max(this.start, this.position)) this.#source.noticeCut(this.log, this.#cuts);
    if (this.cuts > this.#cuts) {
      this.#cuts = this.cuts;
      this.position = 0;
      this.#discarded = 0;
      this.#truncated = true;
    }
  }

  /**
   * To be called before waiting for more.
   * @throws JobError LOG_DAMAGED when the job writes to a file that is not its log any more
   */
  checkThere(): void {
    const there = statSync(this.#path, { throwIfNoEntry: false });
    if (there === undefined) throw damaged("removed");
    if (there.ino !== fstatSync(this.#descriptor).ino) throw damaged("replaced");
  }

  /** What lies between here and `end`, as of the last look. */
  *read(end: number, time: Date | undefined): Generator<LogPiece, void, undefined> {
    while (this.position < Math.min(end, this.#size)) {
      const wanted = Math.min(end, this.#size) - this.position;
      // Fresh for each piece: whoever has it may keep it.
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, wanted));
      const bytes = readSync(this.#descriptor, buffer, 0, buffer.length, this.position);
      // Asked after the read: what has been given up by now may have been read as zeros.
      if (this.#skipDiscarded()) continue;
      // The reader may have taken its time: what was read then is of a log that has been cut shorter meanwhile.
      if (bytes === 0 || this.cuts > this.#cuts) this.look();
      else yield this.#piece(buffer.subarray(0, bytes), time);
    }
  }

  /** What a reader has to know although there is no output with it. */
  *tell(): Generator<LogPiece, void, undefined> {
    if (this.#discarded > 0 || this.#truncated) yield this.#piece(nothing, undefined);
  }

  /** That the log is read from here. */
  begin(): LogPiece {
    return this.#piece(nothing, undefined);
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }

  #skipDiscarded(): boolean {
    if (this.start <= this.position) return false;
    this.#discarded += this.start - this.position;
    this.position = this.start;
    return true;
  }

  #piece(output: Uint8Array, time: Date | undefined): LogPiece {
    const piece = {
      ...{ offset: this.position, output, ...this.#stream },
      ...(time === undefined ? {} : { time }),
      ...(this.#discarded > 0 ? { discardedBytes: this.#discarded } : {}),
      ...(this.#truncated ? { truncated: true as const } : {}),
      ...(this.#cuts > 0 ? { cuts: this.#cuts } : {}),
    };
    this.position += output.length;
    this.#discarded = 0;
    this.#truncated = false;
    return piece;
  }
}

function damaged(what: string): JobError {
  return new JobError("LOG_DAMAGED", `the job's log was ${what}, so output is missing`, {
    hint: "nothing but LPR should touch the log of a job",
  });
}
