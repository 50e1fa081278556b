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

/** Fields of a run, with the options that set them. */
const OPTION_OF: Readonly<Record<string, string>> = {
  env: "env",
  workingDir: "workdir",
  timeoutMs: "timeout",
  requestId: "request-id",
  killMode: "kill-mode",
  maxLogBytes: "max-log-size",
  ifExists: "if-exists",
  cpuCores: "cpu",
  memoryBytes: "memory",
  pids: "pids",
  ioReadBytesPerSecond: "io-read",
  ioWriteBytesPerSecond: "io-write",
  ioReadOpsPerSecond: "io-read-ops",
  ioWriteOpsPerSecond: "io-write-ops",
  ioDevice: "io-device",
  openFiles: "open-files",
};
/** But not the kernel's controller, nor its files. */
const FIELD = new RegExp(
  `\\b(?:limits\\.)?(${Object.keys(OPTION_OF).join("|")})\\b(?:\\[\\d+\\])?(?! controller|\\.)`,
  "g",
);

/** A complaint about a run in the words of the command line; what was given stays as it is. */
export function inOptionNames(message: string): string {
  const quotedOrNot = /("(?:[^"\\]|\\.)*")/;
  return message
    .split(quotedOrNot)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(FIELD, (_, field) => `--${OPTION_OF[field]}`),
    )
    .join("");
}

/** The agent's complaint, in the same words. */
export function withOptionNames(error: unknown): unknown {
  if (!(error instanceof JobError) || !["INVALID_INPUT", "HOST_UNSUPPORTED"].includes(error.code))
    return error;
  return new JobError(error.code, inOptionNames(error.message), { hint: error.hint, cause: error });
}
