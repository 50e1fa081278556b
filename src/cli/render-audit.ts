import type { AuditEntry } from "../job/types.ts";
import { fitColumns, table } from "./output.ts";
import { printable } from "./quote.ts";

/** Entries, one a line; `columns` is how wide a line may be. */
export function renderAudit(entries: readonly AuditEntry[], columns = Number.POSITIVE_INFINITY): string {
  const rows = entries.map(({ time, tenant, role, address, action, jobName, outcome, detail }) => [
    time.toISOString(),
    who(tenant, role),
    address || "-",
    action,
    printable(jobName) || "-",
    outcome,
    printable(detail),
  ]);
  return fitColumns(table(["TIME", "WHO", "FROM", "ACTION", "JOB", "OUTCOME", "DETAIL"], rows), columns);
}

function who(tenant: string, role: string): string {
  return tenant === "" ? "-" : `${printable(tenant)} (${role})`;
}
