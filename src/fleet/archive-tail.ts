import type { LogChunk } from "../job/types.ts";
import type { ArchivedChunk } from "./archive-block.ts";
import { type Selection, selectChunk } from "./select-chunk.ts";

const NEWLINE = 10;

/** Where the last lines begin. */
export interface TailStart {
  /** No block before this one has any of them. */
  readonly block: number;
  readonly offset?: number;
  readonly stderrOffset?: number;
}

/** One log, looked through from its end. */
interface Backwards {
  /** Of the earliest line that was found; none so far: beyond the end. */
  start: number;
  /** Of the first byte that was seen. */
  floor: number;
}

/**
 * Where so many last lines begin, counted over both logs of a job as they were written. Where there are not that
 * many, it is where the selection begins. The last line of a log need not be complete.
 */
export async function startOfTail(
  count: number,
  blocks: number,
  wanted: Selection,
  read: (block: number) => Promise<readonly ArchivedChunk[]>,
): Promise<TailStart> {
  const logs = new Map<LogChunk["stream"], Backwards>();
  let missing = count;
  for (let block = blocks - 1; block >= 0 && missing > 0; block -= 1) {
    for (const chunk of (await read(block)).toReversed()) {
      const selected = selectChunk(chunk, wanted);
      if (!selected || selected.output.length === 0) continue;
      const log = logs.get(selected.stream) ?? { start: Number.POSITIVE_INFINITY, floor: 0 };
      missing -= lookBack(selected, chunk.beginsLine, log, missing);
      // Last in the order of the map is the log whose beginning is the earliest.
      logs.delete(selected.stream);
      logs.set(selected.stream, log);
      if (missing === 0) return { block, ...startsOf(logs, wanted) };
    }
  }
  // The first byte of what was selected begins a line as well.
  for (const log of logs.values()) {
    if (missing === 0) break;
    if (log.start !== log.floor) missing -= 1;
    log.start = log.floor;
  }
  return { block: 0, ...startsOf(logs, wanted) };
}

/** Finds lines that begin in a chunk, so many at most; returns how many. */
function lookBack({ offset, output }: LogChunk, beginsLine: boolean, log: Backwards, wanted: number): number {
  log.floor = offset;
  let found = 0;
  // A newline begins the line after it: the one at the end that of another chunk, if there is any.
  for (let at = output.length - 1; found < wanted && at > 0; ) {
    at = output.lastIndexOf(NEWLINE, at - 1);
    if (at < 0) break;
    log.start = offset + at + 1;
    found += 1;
  }
  if (found === wanted || !beginsLine) return found;
  log.start = offset;
  return found + 1;
}

function startsOf(
  logs: ReadonlyMap<LogChunk["stream"], Backwards>,
  { stream }: Selection,
): Pick<TailStart, "offset" | "stderrOffset"> {
  const start = (log: LogChunk["stream"]) => logs.get(log)?.start ?? Number.POSITIVE_INFINITY;
  if (stream !== undefined || logs.has(undefined)) return { offset: start(stream) };
  return { offset: start("stdout"), stderrOffset: start("stderr") };
}
