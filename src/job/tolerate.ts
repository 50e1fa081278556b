import { JobError } from "./errors.ts";

/** Whoever lacks these lacks them for everything, and may have them later. */
const LACKING = ["EMFILE", "ENFILE", "ENOMEM"];

/**
 * Does something about one job of many, whose directory may be damaged: what fails is told of, and is no reason to give
 * up the others. Undefined: it failed.
 * @throws what fails for want of descriptors or memory, which says nothing about the job
 */
export async function tolerate<T>(
  what: string,
  onBackgroundError: (error: JobError) => void,
  action: () => Promise<T> | T,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (cause) {
    if (LACKING.includes((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
    onBackgroundError(new JobError("INTERNAL", what, { cause }));
    return undefined;
  }
}
