import { closeSync, existsSync, fstatSync, openSync, type Stats } from "node:fs";
import type { OutputMode } from "../types.ts";
import { Attempts } from "./attempts.ts";
import { type LogFile, logFiles, logSizes, sum } from "./files.ts";
import { IndexWriter } from "./index-writer.ts";
import type { Punch } from "./punch.ts";
import type { LogRecord, ReadableLog } from "./readable-log.ts";
import type { LogSampler } from "./sampler.ts";
import { newStarts, nextLine } from "./size-cap.ts";
import { TimeIndex } from "./time-index.ts";
import { LogWatch } from "./watch.ts";
import { endOfLines } from "./whole-lines.ts";

/** The largest blocks that file systems have. */
const MAX_BLOCK_BYTES = 64 * 1024;

export interface SizeCap {
  readonly maxBytes: number;
  readonly punch: Punch;
}

export interface JobLogInput {
  readonly jobDir: string;
  readonly output: OutputMode;
  readonly record: LogRecord;
  /** Absent: the logs grow without bound. */
  readonly cap?: SizeCap | undefined;
  /** Puts a change on record, durably. */
  readonly save: (change: LogRecord) => Promise<void>;
  readonly report: (what: string, cause: unknown) => void;
  /** Has the log looked at from now on, until it is closed. */
  readonly sampler: LogSampler;
}

/** The logs of a job that runs: when they grew is written down, and what is too much of them is given up. */
export class JobLog implements ReadableLog {
  readonly jobDir: string;
  readonly files: readonly LogFile[];
  readonly watch: LogWatch;
  readonly #input: JobLogInput;
  readonly #descriptors: number[] = [];
  readonly #attempts: Attempts;
  #index: IndexWriter | undefined;
  #starts: readonly number[];
  #cuts: readonly number[];
  #sizes: readonly number[] = [];
  #shrinking: Promise<void> | undefined;
  #closed = false;

  constructor(input: JobLogInput) {
    const { jobDir, output, record, cap } = input;
    this.#input = input;
    this.#attempts = new Attempts((what, cause) => {
      if (!this.#closed) input.report(what, cause);
    });
    this.jobDir = jobDir;
    this.files = logFiles(jobDir, output);
    this.watch = new LogWatch(this.files.map(({ path }) => path));
    this.#starts = record.logStarts ?? this.files.map(() => 0);
    this.#cuts = record.logCuts ?? this.files.map(() => 0);
    // A service that ended between the record and the hole has left these bytes on the disk.
    if (cap !== undefined && sum(this.#starts) > 0) this.#shrinkBy(() => this.#punch(cap, []));
    input.sampler.add(this);
    // What an adopted job wrote while no service was there has its time as soon as possible.
    this.look();
  }

  get starts(): readonly number[] {
    return this.#starts;
  }

  get cuts(): readonly number[] {
    return this.#cuts;
  }

  /** Bytes that are kept, as of the last look. */
  get keptBytes(): number {
    return Math.max(0, sum(this.#sizes) - sum(this.#starts));
  }

  /** Called by a timer: nothing here waits. */
  look(): void {
    const { cap } = this.#input;
    if (!this.#isUnchanged()) {
      this.#attempts.make("the times of its output cannot be written down", () => this.#measure());
    }
    // Also of a log that grows no more: when it last did, an earlier part may just have been given up.
    if (cap && this.keptBytes > cap.maxBytes) this.#shrinkBy(() => this.#giveUpOldest(cap));
  }

  noticeCut(log: number, known: number): void {
    this.look();
    // It may have grown and been cut between two looks.
    if (this.#cuts[log] === known) this.#cutShorter(this.#sizes, [log]);
  }

  /** Nothing is written any more: takes the last look, and resolves when the logs are within their size. */
  async finish(): Promise<void> {
    await this.#shrinking;
    this.look();
    await this.#shrinking;
  }

  close(): void {
    this.#closed = true;
    this.#input.sampler.remove(this);
    this.#closeDescriptors();
  }

  /** Most logs are, most of the time: for them a look is one system call. */
  #isUnchanged(): boolean {
    return (
      this.#sizes.length > 0 &&
      !this.#attempts.failing &&
      this.#descriptors.every((descriptor, log) => fstatSync(descriptor).size === this.#sizes[log])
    );
  }

  #measure(): void {
    const stats = this.#stats();
    if (stats === undefined) return;
    const sizes = stats.map(({ size }) => size);
    this.#index ??= new IndexWriter(this.jobDir, sizes);
    // At first it is the service before this one that knows how long they were.
    const before = this.#sizes.length > 0 ? this.#sizes : this.#index.foundEnds;
    const known = sizes.map((_, log) => Math.max(before[log] ?? 0, this.#starts[log] ?? 0));
    const shorter = [...sizes.keys()].filter((log) => (sizes[log] ?? 0) < (known[log] ?? 0));
    if (shorter.length > 0) this.#cutShorter(sizes, shorter);
    this.#sizes = sizes;
    // A time divides no line: programs write in blocks that end anywhere.
    const indexed = this.#index.ends;
    const [first = 0, second = 0] = this.#descriptors.map((descriptor, log) =>
      endOfLines(descriptor, indexed[log] ?? 0, sizes[log] ?? 0),
    );
    if (first <= indexed[0] && second <= indexed[1]) return;
    // The time of the last write is more exact than that of this look; a job can set it, but not to come.
    const written = Math.max(...stats.map(({ mtimeMs }) => mtimeMs));
    this.#index.append(Math.min(Date.now(), written), [first, second]);
  }

  /** Undefined when a log is gone: readers tell. By descriptor, as a look by path costs three times as much. */
  #stats(): Stats[] | undefined {
    if (this.#descriptors.length < this.files.length) {
      this.#closeDescriptors();
      if (this.#closed || !this.files.every(({ path }) => existsSync(path))) return undefined;
      for (const { path } of this.files) this.#descriptors.push(openSync(path, "r"));
    }
    return this.#descriptors.map((descriptor) => fstatSync(descriptor));
  }

  #cutShorter(sizes: readonly number[], logs: readonly number[]): void {
    this.#index?.cutTo(sizes);
    this.#starts = this.#starts.map((start, log) => (start > (sizes[log] ?? 0) ? 0 : start));
    this.#cuts = this.#cuts.map((cuts, log) => (logs.includes(log) ? cuts + 1 : cuts));
    const change = { logStarts: this.#starts, logCuts: this.#cuts };
    this.#attempts.make("that its log was cut shorter cannot be recorded", () => this.#input.save(change));
    // It may have grown since, beyond where readers are: of that they have been woken before.
    this.watch.notify();
  }

  /** One at a time. */
  #shrinkBy(shrink: () => Promise<void>): void {
    this.#shrinking ??= this.#attempts.make("its log cannot be kept within its size", shrink).finally(() => {
      this.#shrinking = undefined;
    });
  }

  async #giveUpOldest(cap: SizeCap): Promise<void> {
    const before = this.#starts;
    const starts = this.#newStarts(cap);
    if (starts === undefined) return;
    // Recorded first: whatever fails in between, bytes that are gone never pass for output.
    await this.#input.save({ logStarts: starts });
    // Cut shorter from outside meanwhile, which has put other starts on record.
    if (this.#starts !== before) return;
    this.#starts = starts;
    await this.#punch(cap, before);
  }

  #newStarts({ maxBytes }: SizeCap): readonly number[] | undefined {
    using index = new TimeIndex(this.jobDir);
    const starts = newStarts(index, this.#starts, this.#sizes, maxBytes);
    return starts?.map((start, log) => {
      const file = this.files[log];
      return file && start > (this.#starts[log] ?? 0) ? nextLine(file, start) : start;
    });
  }

  /**
   * No more than what was added to the hole: in a log that is cut shorter at this very moment, what is written next
   * lies before it, or else would be gone.
   */
  async #punch({ punch }: SizeCap, before: readonly number[]): Promise<void> {
    const sizes = logSizes(this.files);
    for (const [log, { path }] of this.files.entries()) {
      const [from = 0, to = 0, size = 0] = [before[log], this.#starts[log], sizes[log]];
      // From the beginning of a block on: only whole blocks are given back.
      if (from < to && to <= size) await punch(path, from - (from % MAX_BLOCK_BYTES), to);
    }
  }

  #closeDescriptors(): void {
    for (const descriptor of this.#descriptors.splice(0)) closeSync(descriptor);
  }
}
