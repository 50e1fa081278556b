import { FailedCommand } from "./command.ts";
import { note } from "./output.ts";
import { UsageError } from "./usage-error.ts";

/** Prints what went wrong and what to do about it, once; returns the exit code. */
export function reportError(error: unknown): number {
  if (error instanceof FailedCommand) {
    const exitCode = reportError(error.cause);
    return error.cause instanceof UsageError ? exitCode : error.exitCode;
  }
  if (error instanceof UsageError) {
    for (const problem of error.problems) note(`lpr: ${problem}`);
    if (error.hint !== undefined) note(`hint: ${error.hint}`);
    return 2;
  }
  const { message, hint } = describe(error);
  note(`lpr: ${message}`);
  if (hint !== undefined) note(`hint: ${hint}`);
  if (process.env["LPR_DEBUG"] && error instanceof Error) note(error.stack ?? "");
  return 1;
}

function describe(error: unknown): { message: string; hint: string | undefined } {
  if (!(error instanceof Error)) return { message: String(error), hint: undefined };
  const hint = "hint" in error && typeof error.hint === "string" ? error.hint : undefined;
  return { message: error.message || error.name, hint };
}
