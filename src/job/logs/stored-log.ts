import type { OutputMode } from "../types.ts";
import { type LogFile, logFiles, logSizes } from "./files.ts";
import type { LogRecord, ReadableLog } from "./readable-log.ts";

/** The logs of a job that has ended. */
export class StoredLog implements ReadableLog {
  readonly jobDir: string;
  readonly files: readonly LogFile[];
  #truncated: boolean;
  #starts: readonly number[];

  constructor(jobDir: string, { output, ...record }: LogRecord & { readonly output: OutputMode }) {
    this.jobDir = jobDir;
    this.files = logFiles(jobDir, output);
    this.#truncated = record.logTruncated ?? false;
    this.#starts = record.logStarts ?? this.files.map(() => 0);
  }

  get starts(): readonly number[] {
    return this.#starts;
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  /** A log that somebody cut shorter after the end holds nothing that was given up before. */
  noticeCut(): void {
    this.#truncated = true;
    const sizes = logSizes(this.files);
    this.#starts = this.#starts.map((start, log) => (start > (sizes[log] ?? 0) ? 0 : start));
  }
}
