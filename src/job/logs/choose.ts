import { invalidInput } from "../errors.ts";
import { LOG_STREAMS, type OutputMode, type StreamLogsInput } from "../types.ts";

/** Which log to read, from which byte on, and how often it had been cut shorter when that byte was where it is. */
export interface ChosenLog {
  readonly log: number;
  readonly offset: number;
  readonly cuts?: number | undefined;
}

/**
 * Which logs of a job to read.
 * @throws JobError INVALID_INPUT for what its output cannot give
 */
export function chooseLogs(
  output: OutputMode,
  { stream, offset = 0, stderrOffset = 0, cuts, stderrCuts }: StreamLogsInput,
): readonly ChosenLog[] {
  const issues: string[] = [];
  if (output === "combined" && stream !== undefined) {
    issues.push(`stream must be left out for a job whose output is combined, got "${stream}"`);
  }
  if (stderrOffset > 0 && (output === "combined" || stream !== undefined)) {
    issues.push(`stderrOffset must be left out where one log is read, got ${stderrOffset}`);
  }
  const hint = 'a job keeps its streams apart when it is started with output "split"';
  if (issues.length > 0) throw invalidInput(issues, output === "combined" ? hint : undefined);
  if (output === "combined") return [{ log: 0, offset, cuts }];
  if (stream !== undefined) return [{ log: LOG_STREAMS.indexOf(stream), offset, cuts }];
  return [
    { log: 0, offset, cuts },
    { log: 1, offset: stderrOffset, cuts: stderrCuts },
  ];
}
