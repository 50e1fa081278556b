import { JobError } from "../job/errors.ts";

/** A command line that cannot be understood, with all of its problems: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly problems: readonly string[];
  readonly hint: string | undefined;

  constructor(problems: readonly string[], hint?: string) {
    super(problems.join("; "));
    this.problems = problems;
    this.hint = hint;
  }
}

/** Whether what was given makes no sense, whoever found out: exit code 2. */
export function isRefusedInput(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof JobError && error.code === "INVALID_INPUT");
}
