import { JobError } from "../job/errors.ts";
import { paint, wantsColor } from "./color.ts";
import { ExitWith } from "./exit-with.ts";
import { afterCtrlC, Interrupted } from "./interrupted.ts";
import { complain, note } from "./output.ts";
import { isRefusedInput, UsageError } from "./usage-error.ts";

/** Prints what went wrong and what to do about it, once; returns the exit code. */
export function reportError(error: unknown): number {
  if (error instanceof ExitWith) {
    reportError(error.cause);
    return error.exitCode;
  }
  if (error instanceof AggregateError) return Math.max(1, ...distinct(error.errors).map(reportError));
  if (error instanceof Interrupted) {
    if (error.remark !== undefined) note(`${afterCtrlC()}lpr: ${error.remark}`);
    else if (process.stderr.isTTY) note("");
    return 130;
  }
  if (error instanceof UsageError) {
    report(error.problems.join("\n"), error.hint);
    return 2;
  }
  report(messageOf(error), hintOf(error));
  return isRefusedInput(error) ? 2 : 1;
}

/** Several that failed for one reason, such as an agent that is away, are told of once. */
function distinct(errors: readonly unknown[]): unknown[] {
  const byText = new Map<unknown, unknown>();
  for (const error of errors) {
    const text = error instanceof AggregateError ? error : `${messageOf(error)}\n${hintOf(error)}`;
    if (!byText.has(text)) byText.set(text, error);
  }
  return [...byText.values()];
}

function report(message: string, hint: string | undefined): void {
  const prefix = wantsColor(process.stderr) ? paint("red", "lpr:") : "lpr:";
  for (const line of message.split("\n")) complain(`${prefix} ${line}`);
  for (const line of hint?.split("\n") ?? []) complain(`hint: ${line}`);
}

function messageOf(error: unknown): string {
  if (error instanceof JobError && error.problems) return error.problems.join("\n");
  return error instanceof Error ? error.message || error.name : String(error);
}

function hintOf(error: unknown): string | undefined {
  return error instanceof Error && "hint" in error && typeof error.hint === "string" ? error.hint : undefined;
}
