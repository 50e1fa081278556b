import { JobError, type JobErrorCode } from "../job/errors.ts";

/** What to type next, by what went wrong. The library's own hints speak to programs as well. */
export type Hints = Partial<Record<JobErrorCode, string>>;

/** Does it, and gives its errors the hint of their code. */
export async function hinting<T>(hints: Hints, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw hinted(hints, error);
  }
}

export function hinted(hints: Hints, error: unknown): unknown {
  const hint = error instanceof JobError ? hints[error.code] : undefined;
  if (hint === undefined || !(error instanceof JobError)) return error;
  return new JobError(error.code, error.message, { hint, cause: error });
}
