import { invalidInput, throwIfAborted } from "../errors.ts";
import { callAt } from "../timer.ts";
import type { ChosenLog } from "./choose.ts";
import { LogCursor, type LogPiece } from "./cursor.ts";
import type { ReadableLog } from "./readable-log.ts";
import { endsBefore, startsSince, steps } from "./select.ts";
import { seekLastLines } from "./tail.ts";
import { TimeIndex } from "./time-index.ts";
import { Turns } from "./turns.ts";
import type { LogWatch } from "./watch.ts";

export interface ReadLogsInput {
  readonly source: ReadableLog;
  readonly logs: readonly ChosenLog[];
  /** Only the last lines; instead of the offsets. */
  readonly tailLines?: number | undefined;
  /** Only what was written from then on; instead of the offsets. */
  readonly since?: Date | undefined;
  /** Only what was written before then. */
  readonly until?: Date | undefined;
  readonly timestamps?: boolean | undefined;
  /** Undefined ends with the output there is now. */
  readonly follow?: {
    readonly watch: LogWatch;
    /** Whether nothing can write any more. */
    readonly finished: () => boolean;
  };
}

/**
 * Lists, then watches: yields what the logs hold from the place asked on and, following, what is added until the job
 * has ended and the last byte was read. Two logs are joined in the order of the time index.
 * @throws JobError INVALID_INPUT beyond the end, LOG_DAMAGED when a log was removed or replaced, CANCELLED
 */
export async function* readLogs(
  input: ReadLogsInput,
  signal?: AbortSignal,
): AsyncGenerator<LogPiece, void, undefined> {
  const { source, follow, until } = input;
  using resources = new DisposableStack();
  if (follow) resources.use(follow.watch.open());
  if (follow && until && until.getTime() > Date.now()) resources.use(callAt(until, follow.watch.notify));
  const cursors = input.logs.map(({ log }) => resources.use(new LogCursor(source, log)));
  if (input.tailLines !== undefined || input.since !== undefined) {
    await seekSelected(cursors, input);
    for (const cursor of cursors) yield cursor.begin();
  } else seekOffsets(cursors, input);
  for (;;) {
    // Both are asked before looking: what is written between the question and the look is read, never lost.
    const version = follow?.watch.version ?? 0;
    const over = until !== undefined && until.getTime() <= Date.now();
    const finished = over || (follow?.finished() ?? true);
    // Without, it is what there was when the place was chosen: so many of the last lines are not more.
    if (follow) for (const cursor of cursors) cursor.look();
    // Anew after each wait: a follower that has waited owes nobody a turn, and its reader is not kept waiting for one.
    const turns = new Turns();
    for (const piece of pieces(cursors, input, over ? until : undefined)) {
      throwIfAborted(signal);
      yield piece;
      await turns.pass();
    }
    if (finished || !follow) return;
    // A job that has ended meanwhile may have been removed with its logs.
    if (!follow.finished()) for (const cursor of cursors) cursor.checkThere();
    await follow.watch.changedSince(version, signal);
    throwIfAborted(signal);
  }
}

async function seekSelected(
  cursors: readonly LogCursor[],
  { source, tailLines, since, until }: ReadLogsInput,
): Promise<void> {
  using index = new TimeIndex(source.jobDir);
  if (since !== undefined) {
    const starts = startsSince(since, index, cursors);
    for (const [at, cursor] of cursors.entries()) cursor.position = starts[at] ?? 0;
  }
  if (tailLines === undefined) return;
  await seekLastLines(tailLines, index, cursors, endsBefore(until, index, cursors));
}

function seekOffsets(cursors: readonly LogCursor[], { logs }: ReadLogsInput): void {
  const issues: string[] = [];
  for (const [at, cursor] of cursors.entries()) {
    const { offset = 0, cuts } = logs[at] ?? {};
    // Who holds bytes of a log that was cut shorter is told so, and reads what there is.
    if (offset <= cursor.size || cursor.cuts > 0) {
      cursor.resume(offset, cuts);
    } else {
      const field = at === 0 ? "offset" : "stderrOffset";
      issues.push(`${field} must be at most the log's ${cursor.size} bytes, got ${offset}`);
    }
  }
  if (issues.length > 0) throw invalidInput(issues);
}

/** What lies between the cursors and the ends of their logs, or of what was written before `until`. */
function* pieces(
  cursors: readonly LogCursor[],
  { source, timestamps = false }: ReadLogsInput,
  until: Date | undefined,
): Generator<LogPiece, void, undefined> {
  const [only] = cursors;
  if (only !== undefined && cursors.length === 1 && !timestamps && until === undefined) {
    yield* only.read(only.size, undefined);
  } else {
    using index = new TimeIndex(source.jobDir);
    const last = endsBefore(until, index, cursors);
    for (const { time, ends } of steps(index, cursors)) {
      for (const [at, cursor] of cursors.entries()) {
        const end = Math.min(ends[cursor.log] ?? 0, last[at] ?? 0);
        yield* cursor.read(end, timestamps ? new Date(time) : undefined);
      }
    }
  }
  for (const cursor of cursors) yield* cursor.tell();
}
