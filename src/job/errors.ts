/** What went wrong, for programs. `rpc/status.ts` maps each of them to a gRPC status. */
export type JobErrorCode =
  /** The input breaks a rule; the message lists every problem. */
  | "INVALID_INPUT"
  /** The command does not exist on the host, as seen by the account that would run it. */
  | "COMMAND_NOT_FOUND"
  /** There is no such job (or the name now belongs to a job with another id). */
  | "JOB_NOT_FOUND"
  /** A job of that name is on record already. */
  | "NAME_TAKEN"
  /** The job has not ended, so this cannot be done with it. */
  | "JOB_RUNNING"
  /** The job has ended, so this cannot be done with it any more. */
  | "JOB_ENDED"
  /** Events that old are not kept: list again, and watch from now on. */
  | "SEQUENCE_GONE"
  /** Nobody proved who they are, or not in a way the agent accepts. */
  | "UNAUTHENTICATED"
  /** Known, but not allowed to do this. */
  | "PERMISSION_DENIED"
  /** The host cannot do what was asked. */
  | "HOST_UNSUPPORTED"
  /** A quota or a limit on clients is used up. */
  | "QUOTA_EXCEEDED"
  /** The file system behind the service has no space for another job. */
  | "DISK_FULL"
  /** The log was removed or replaced from outside, so that output is missing. */
  | "LOG_DAMAGED"
  /** The service is closing, or the agent cannot be reached at the moment: try again later. */
  | "UNAVAILABLE"
  /** The caller's signal was aborted. */
  | "CANCELLED"
  /** A defect or a failing host; details stay on the host. */
  | "INTERNAL";

export interface JobErrorOptions {
  /** What the reader should do next. */
  readonly hint?: string | undefined;
  /** What the message joins. */
  readonly problems?: readonly string[] | undefined;
  readonly cause?: unknown;
}

/** The one error class of the library, the agent and the client. */
export class JobError extends Error {
  override readonly name = "JobError";
  readonly code: JobErrorCode;
  /** What the reader should do next. */
  readonly hint: string | undefined;
  /** What is wrong with an input, one by one; undefined for other errors, and for those that come from an agent. */
  readonly problems: readonly string[] | undefined;

  constructor(code: JobErrorCode, message: string, options: JobErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.problems = options.problems;
  }
}

/** All problems of one input, in one error. Each issue names field, rule and the value given. */
export function invalidInput(issues: readonly string[], hint?: string): JobError {
  return new JobError("INVALID_INPUT", issues.join("; "), { hint, problems: issues });
}

/** Throws CANCELLED when the caller has lost interest. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new JobError("CANCELLED", "cancelled by the caller", { cause: signal.reason });
}
