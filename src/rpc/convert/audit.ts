/** The audit log, to and from the wire. */
import type { AuditEntry, AuditInput, AuditOutput } from "../../job/types.ts";
import { job_runner as wire } from "../generated/job_runner.js";
import type { RequestOf, ResponseOf } from "../schema.ts";
import { fromTimestamp, toTimestamp } from "./time.ts";

export function toAuditRequest(input: AuditInput): RequestOf<"audit"> {
  return {
    since: input.since ? toTimestamp(input.since) : null,
    until: input.until ? toTimestamp(input.until) : null,
    tenant: input.tenant ?? "",
    action: input.action ?? "",
    jobName: input.jobName ?? "",
    refusedOnly: input.refusedOnly ?? false,
    pageSize: input.pageSize ?? 0,
    pageToken: input.pageToken ?? "",
  };
}

export function fromAuditRequest(request: RequestOf<"audit">): AuditInput {
  return {
    since: request.since ? fromTimestamp(request.since) : undefined,
    until: request.until ? fromTimestamp(request.until) : undefined,
    tenant: request.tenant || undefined,
    action: request.action || undefined,
    jobName: request.jobName || undefined,
    refusedOnly: request.refusedOnly,
    pageSize: request.pageSize || undefined,
    pageToken: request.pageToken || undefined,
  };
}

export function toAuditResponse({ entries, nextPageToken }: AuditOutput): ResponseOf<"audit"> {
  return { entries: entries.map(toAuditEntry), nextPageToken: nextPageToken ?? "" };
}

export function fromAuditResponse(response: ResponseOf<"audit">): AuditOutput {
  const entries = response.entries.map(fromAuditEntry);
  return response.nextPageToken ? { entries, nextPageToken: response.nextPageToken } : { entries };
}

/** Bytes of the entry in a page. */
export function auditEntryBytes(entry: AuditEntry): number {
  // Two to four bytes for tag and length.
  return wire.AuditEntry.encode(toAuditEntry(entry)).finish().length + 4;
}

function toAuditEntry({ time, ...texts }: AuditEntry): wire.AuditEntry {
  return { ...texts, time: toTimestamp(time) };
}

function fromAuditEntry(entry: wire.AuditEntry): AuditEntry {
  return {
    ...{ sequence: entry.sequence, time: fromTimestamp(entry.time), tenant: entry.tenant, role: entry.role },
    ...{ fingerprint: entry.fingerprint, address: entry.address, action: entry.action },
    ...{ jobName: entry.jobName, jobId: entry.jobId, outcome: entry.outcome, detail: entry.detail },
  };
}
