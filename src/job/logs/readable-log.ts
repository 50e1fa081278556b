import type { LogFile } from "./files.ts";

/** What is on record of the logs of a job, as the files themselves cannot say it. */
export interface LogRecord {
  /** Where each log begins: what was before has been given up. @default [0, 0] */
  readonly logStarts?: readonly number[];
  /** How often each log has been cut shorter from outside. @default [0, 0] */
  readonly logCuts?: readonly number[];
}

/** What a reader has to know of the logs of a job. */
export interface ReadableLog {
  readonly jobDir: string;
  readonly files: readonly LogFile[];
  /** Where each log begins, now: to be asked again after a read, as bytes before it may have been read as zeros. */
  readonly starts: readonly number[];
  /** How often each log has been cut shorter, now: what a reader knew of one before is not what it holds. */
  readonly cuts: readonly number[];
  /** A reader that knew of so many cuts of a log has seen another one: `starts` and `cuts` are right after this. */
  noticeCut(log: number, known: number): void;
}
