import type { LogFile } from "./files.ts";

/** What is on record of the logs of a job, as the files themselves cannot say it. */
export interface LogRecord {
  /** Where each log begins: what was before has been given up. @default [0, 0] */
  readonly logStarts?: readonly number[];
  /** Whether a log has been cut shorter from outside, so that readers may ask for bytes beyond its end. */
  readonly logTruncated?: boolean;
}

/** What a reader has to know of the logs of a job. */
export interface ReadableLog {
  readonly jobDir: string;
  readonly files: readonly LogFile[];
  /** Where each log begins, now: to be asked again after a read, as bytes before it may have been read as zeros. */
  readonly starts: readonly number[];
  readonly truncated: boolean;
  /** A reader has seen that a log was cut shorter: `starts` and `truncated` are right after this. */
  noticeCut(): void;
}
