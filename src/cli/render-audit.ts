import type { AuditEntry } from "../job/types.ts";
import { fitTable } from "./fit-table.ts";
import { fitColumns } from "./fit-text.ts";
import { printable } from "./quote.ts";

/** Entries, one a line; `width` is how wide a line may be. */
export function renderAudit(entries: readonly AuditEntry[], width?: number): string {
  const columns = [
    { head: "TIME" },
    { head: "WHO", least: 8 },
    { head: "ACTION" },
    { head: "JOB", least: 8 },
    { head: "OUTCOME" },
    { head: "FROM", least: 8 },
    { head: "DETAIL", least: 8 },
  ];
  return fitTable(columns, entries.map(cells), width);
}

/** An entry by itself, where nobody knows how wide those to come are. */
export function renderAuditLine(entry: AuditEntry, width = Number.POSITIVE_INFINITY): string {
  return fitColumns(cells(entry).join("  ").trimEnd(), width);
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
