import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { JobError, type JobErrorCode } from "../job/errors.ts";

const statusOf = {
  INVALID_INPUT: status.INVALID_ARGUMENT,
  COMMAND_NOT_FOUND: status.NOT_FOUND,
  JOB_NOT_FOUND: status.NOT_FOUND,
  NAME_TAKEN: status.ALREADY_EXISTS,
  JOB_RUNNING: status.FAILED_PRECONDITION,
  JOB_ENDED: status.FAILED_PRECONDITION,
  SEQUENCE_GONE: status.OUT_OF_RANGE,
  UNAUTHENTICATED: status.UNAUTHENTICATED,
  PERMISSION_DENIED: status.PERMISSION_DENIED,
  HOST_UNSUPPORTED: status.FAILED_PRECONDITION,
  QUOTA_EXCEEDED: status.RESOURCE_EXHAUSTED,
  DISK_FULL: status.RESOURCE_EXHAUSTED,
  LOG_DAMAGED: status.DATA_LOSS,
  UNAVAILABLE: status.UNAVAILABLE,
  CANCELLED: status.CANCELLED,
  INTERNAL: status.INTERNAL,
} as const satisfies Record<JobErrorCode, status>;

/** Name of the status that stands for the code: "PERMISSION_DENIED". */
export function statusName(code: JobErrorCode): string {
  return status[statusOf[code]];
}

/** For peers that send no `lpr-code`: other agents, proxies, and grpc-js itself. */
const codeOf: Partial<Record<status, JobErrorCode>> = {
  [status.INVALID_ARGUMENT]: "INVALID_INPUT",
  [status.OUT_OF_RANGE]: "INVALID_INPUT",
  [status.NOT_FOUND]: "JOB_NOT_FOUND",
  [status.ALREADY_EXISTS]: "NAME_TAKEN",
  [status.UNAUTHENTICATED]: "UNAUTHENTICATED",
  [status.PERMISSION_DENIED]: "PERMISSION_DENIED",
  [status.FAILED_PRECONDITION]: "HOST_UNSUPPORTED",
  [status.UNIMPLEMENTED]: "HOST_UNSUPPORTED",
  [status.RESOURCE_EXHAUSTED]: "QUOTA_EXCEEDED",
  [status.DATA_LOSS]: "LOG_DAMAGED",
  [status.UNAVAILABLE]: "UNAVAILABLE",
  [status.ABORTED]: "UNAVAILABLE",
  [status.DEADLINE_EXCEEDED]: "UNAVAILABLE",
  [status.CANCELLED]: "CANCELLED",
};

/** Trailing metadata: the JobErrorCode, and what to do next in UTF-8. */
const codeKey = "lpr-code";
const hintKey = "lpr-hint-bin";

/** Trailers are headers of HTTP/2: peers accept 8 to 16 KiB of them in all. */
const maxTextBytes = 2048;

export interface WireStatus {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

/** Only for errors that may be shown to the caller. */
export function toWireStatus(error: JobError): WireStatus {
  const metadata = new Metadata();
  metadata.set(codeKey, error.code);
  if (error.hint !== undefined) metadata.set(hintKey, Buffer.from(shorten(error.hint)));
  return { code: statusOf[error.code], details: shorten(error.message), metadata };
}

export function fromWireStatus(error: Pick<ServiceError, "code" | "details" | "metadata">): JobError {
  const sent = error.metadata?.get(codeKey)[0];
  const code = isJobErrorCode(sent) ? sent : (codeOf[error.code] ?? "INTERNAL");
  const hint = error.metadata?.get(hintKey)[0];
  return new JobError(code, error.details || `the agent answered ${status[error.code] ?? error.code}`, {
    hint: hint === undefined ? undefined : hint.toString(),
    cause: error,
  });
}

/** Whether an LPR agent made this status, and not grpc-js on either side. */
export function isFromAgent(error: Pick<ServiceError, "metadata">): boolean {
  return error.metadata?.get(codeKey).length > 0;
}

function isJobErrorCode(value: unknown): value is JobErrorCode {
  return typeof value === "string" && Object.hasOwn(statusOf, value);
}

/** At most `maxTextBytes` of well-formed text: grpc-js percent-encodes it, and throws on half a surrogate pair. */
function shorten(text: string): string {
  const wellFormed = text.toWellFormed();
  if (encodeURI(wellFormed).length <= maxTextBytes) return wellFormed;
  let end = Math.min(wellFormed.length, maxTextBytes);
  while (encodeURI(wellFormed.slice(0, end).toWellFormed()).length > maxTextBytes)
    end = Math.floor(end * 0.9);
  return `${wellFormed.slice(0, end).toWellFormed()}...`;
}
