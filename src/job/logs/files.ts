import { statSync } from "node:fs";
import { join } from "node:path";
import type { LogStream, OutputMode } from "../types.ts";

/** One log of a job. */
export interface LogFile {
  readonly path: string;
  /** Absent for the only log of a job. */
  readonly stream?: LogStream;
}

/** The logs of a job; everything that has a number for each of them has it in this order. */
export function logFiles(jobDir: string, output: OutputMode): readonly LogFile[] {
  if (output === "combined") return [{ path: join(jobDir, "output.log") }];
  return [
    { path: join(jobDir, "stdout.log"), stream: "stdout" },
    { path: join(jobDir, "stderr.log"), stream: "stderr" },
  ];
}

/** Bytes in each log so far; 0 for one that is gone. */
export function logSizes(files: readonly LogFile[]): readonly number[] {
  return files.map(({ path }) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
