import { JobError } from "../job/errors.ts";

export function cancelled(signal: AbortSignal): JobError {
  return new JobError("CANCELLED", "cancelled by the caller", { cause: signal.reason });
}
