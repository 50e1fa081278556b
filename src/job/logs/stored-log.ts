import type { OutputMode } from "../types.ts";
import { type LogFile, logFiles, logSizes } from "./files.ts";
import type { LogRecord, ReadableLog } from "./readable-log.ts";

/** The logs of a job that has ended. */
export class StoredLog implements ReadableLog {
  readonly jobDir: string;
  readonly files: readonly LogFile[];
  #cuts: readonly number[];
  #starts: readonly number[];

  constructor(jobDir: string, { output, ...record }: LogRecord & { readonly output: OutputMode }) {
    this.jobDir = jobDir;
    this.files = logFiles(jobDir, output);
    this.#cuts = record.logCuts ?? this.files.map(() => 0);
    this.#starts = record.logStarts ?? this.files.map(() => 0);
  }

  get starts(): readonly number[] {
    return this.#starts;
  }

  get cuts(): readonly number[] {
    return this.#cuts;
  }

  /** A log that somebody cut shorter after the end holds nothing that was given up before. */
  noticeCut(log: number, known: number): void {
    this.#cuts = this.#cuts.with(log, known + 1);
    const sizes = logSizes(this.files);
    this.#starts = this.#starts.map((start, log) => (start > (sizes[log] ?? 0) ? 0 : start));
  }
}
