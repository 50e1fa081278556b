import type { AuditEntry } from "../../job/types.ts";

/** An entry as programs get it: in the copy of the log, and from `lpr agent audit -o json`. */
export interface AuditDocument extends Omit<AuditEntry, "time"> {
  /** ISO 8601. */
  readonly time: string;
}

export function auditDocument(entry: AuditEntry): AuditDocument {
  const { sequence, time, tenant, role, fingerprint, address, action, jobName, jobId, outcome, detail } =
    entry;
  return {
    ...{ sequence, time: time.toISOString(), tenant, role, fingerprint, address },
    ...{ action, jobName, jobId, outcome, detail },
  };
}
