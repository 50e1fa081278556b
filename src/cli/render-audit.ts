import type { AuditEntry } from "../job/types.ts";
import { fitColumns, table } from "./output.ts";
import { printable } from "./quote.ts";

/** Entries, one a line; `columns` is how wide a line may be. */
export function renderAudit(entries: readonly AuditEntry[], columns = Number.POSITIVE_INFINITY): string {
  const head = ["TIME", "WHO", "ACTION", "JOB", "OUTCOME", "FROM", "DETAIL"];
  return fitColumns(table(head, entries.map(cells)), columns);
}

/** An entry by itself, where nobody knows how wide those to come are. */
export function renderAuditLine(entry: AuditEntry, columns = Number.POSITIVE_INFINITY): string {
  return fitColumns(cells(entry).join("   ").trimEnd(), columns);
}

function cells({ time, tenant, role, address, action, jobName, outcome, detail }: AuditEntry): string[] {
  return [
    // To the second: programs get the rest.
    time.toISOString().replace(/\.\d+/, ""),
    tenant === "" ? "-" : `${printable(tenant)} (${role})`,
    action,
    printable(jobName) || "-",
    outcome,
    address || "-",
    printable(detail),
  ];
}
