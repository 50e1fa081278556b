import { Interrupted } from "./interrupted.ts";
import { isRefusedInput } from "./usage-error.ts";

/** Ends the program with a certain exit code, reporting the cause. */
export class ExitWith extends Error {
  override readonly name = "ExitWith";
  readonly exitCode: number;

  constructor(exitCode: number, cause: unknown) {
    super(`exit code ${exitCode}`, { cause });
    this.exitCode = exitCode;
  }
}

/** Exit code where the job's own is asked for and LPR itself failed, as container tools have it. */
export const LPR_FAILED = 125;

/** Keeps the exit codes of a job apart from failures of LPR. */
export async function orLprFailed<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw isRefusedInput(error) || error instanceof Interrupted ? error : new ExitWith(LPR_FAILED, error);
  }
}
