import { JobError, type JobErrorCode } from "../../job/errors.ts";
import type { AuditNote } from "../../job/types.ts";
import { statusName } from "../../rpc/status.ts";
import type { Identified } from "../peers.ts";
import type { Refusal, RefusalKind } from "../refusals.ts";

/** A call that was not answered with what it asked for. */
export interface FailedCall {
  /** "Run". */
  readonly rpc: string;
  readonly request: unknown;
  /** Undefined where the caller could not be identified. */
  readonly by: Identified | undefined;
  /** `HOST:PORT`. */
  readonly address: string;
}

/** Calls that change something: each of their failures is told of. */
const DEEDS: ReadonlySet<string> = new Set(["Run", "Stop", "Signal", "Remove"]);
/** What is told of, whatever was called. */
const REFUSALS: ReadonlySet<JobErrorCode> = new Set([
  "UNAUTHENTICATED",
  "PERMISSION_DENIED",
  "QUOTA_EXCEEDED",
]);

/**
 * What the audit log tells of a failed call; undefined: nothing. A look at a job that is not there is no refusal, a
 * look at somebody else's is, although the caller is told the same: such an error has a cause, which only the log
 * gets to see.
 */
export function failureNote(
  { rpc, request, by, address }: FailedCall,
  error: unknown,
): AuditNote | undefined {
  const code = error instanceof JobError ? error.code : "INTERNAL";
  // The caller left, or the agent is about to: nobody was refused.
  if (code === "CANCELLED" || code === "UNAVAILABLE") return undefined;
  const isRefusal = REFUSALS.has(code) || ownerOf(error) !== undefined;
  if (!DEEDS.has(rpc) && !isRefusal) return undefined;
  const { name = "", jobId = "" } = request as { name?: string; jobId?: string };
  return {
    ...{ time: new Date(), action: rpc, outcome: statusName(code), detail: detailOf(error, code) },
    ...{ jobName: name, jobId, address: by?.address ?? address },
    ...{ tenant: by?.caller.tenant ?? "", role: by?.caller.role ?? "" },
    fingerprint: by?.caller.fingerprint ?? "",
  };
}

/** What a call would have been answered that was refused for the same. */
const codeOf = {
  handshake: "UNAUTHENTICATED",
  certificate: "UNAUTHENTICATED",
  connections: "QUOTA_EXCEEDED",
  calls: "QUOTA_EXCEEDED",
  rate: "QUOTA_EXCEEDED",
  messages: "QUOTA_EXCEEDED",
  jobs: "QUOTA_EXCEEDED",
  protocol: "INVALID_INPUT",
} as const satisfies Record<RefusalKind, JobErrorCode>;

/** A connection that was refused, or cut. */
export function refusalNote({ kind, address, reason, fingerprint, tenant, role }: Refusal): AuditNote {
  return {
    ...{ time: new Date(), action: "connect", address, detail: reason, jobName: "", jobId: "" },
    outcome: statusName(codeOf[kind]),
    ...{ tenant: tenant ?? "", role: role ?? "", fingerprint: fingerprint ?? "" },
  };
}

function detailOf(error: unknown, code: JobErrorCode): string {
  const owner = ownerOf(error);
  if (owner !== undefined) return owner;
  // Its message quotes the values that break them, and those may be secrets.
  if (code === "INVALID_INPUT") return "the request breaks rules";
  if (code === "INTERNAL") return "the agent failed to do it, see its log";
  return (error as JobError).message;
}

function ownerOf(error: unknown): string | undefined {
  if (!(error instanceof JobError) || error.code !== "JOB_NOT_FOUND") return undefined;
  return error.cause instanceof Error ? error.cause.message : undefined;
}
