import { appendFileSync, writeFileSync } from "node:fs";
import type { LogPiece } from "../../src/job/logs/cursor.ts";
import { logFiles } from "../../src/job/logs/files.ts";
import { type ReadLogsInput, readLogs } from "../../src/job/logs/read.ts";
import { StoredLog } from "../../src/job/logs/stored-log.ts";
import { encodeEntries, indexPath } from "../../src/job/logs/time-index.ts";
import type { OutputMode } from "../../src/job/types.ts";
import { tempDir } from "./temp-dir.ts";

/** When the first part of a log was written, in milliseconds since 1970; each further one a second later. */
export const BEGAN = Date.parse("2020-01-01T10:00:00Z");

/** What one part adds: to the only log, or to both of them. */
export type Part = string | readonly [stdout: string, stderr: string];

/** The directory of a job that has ended, with its logs and their time index. */
export function logDir(output: OutputMode, parts: readonly Part[]) {
  const dir = tempDir();
  const files = logFiles(dir.path, output);
  for (const { path } of files) writeFileSync(path, "");
  const ends: [number, number] = [0, 0];
  const entries = parts.map((part, index) => {
    for (const [log, text] of (typeof part === "string" ? [part] : part).entries()) {
      appendFileSync(files[log]?.path ?? "", text);
      ends[log] = (ends[log] ?? 0) + Buffer.byteLength(text);
    }
    return { time: BEGAN + index * 1_000, ends: [...ends] as [number, number] };
  });
  writeFileSync(indexPath(dir.path), encodeEntries(entries));
  const source = (record: { logStarts?: number[]; logCuts?: number[] } = {}) =>
    new StoredLog(dir.path, { output, ...record });
  return { ...dir, files, source, [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

/** Everything a reader is given. */
export async function piecesOf(
  input: Omit<ReadLogsInput, "logs"> & Partial<ReadLogsInput>,
): Promise<LogPiece[]> {
  const pieces: LogPiece[] = [];
  const logs = input.source.files.map((_, log) => ({ log, offset: 0 }));
  for await (const piece of readLogs({ logs, ...input })) pieces.push(piece);
  return pieces;
}

export async function textOf(input: Omit<ReadLogsInput, "logs"> & Partial<ReadLogsInput>): Promise<string> {
  return Buffer.concat((await piecesOf(input)).map(({ output }) => output)).toString();
}
