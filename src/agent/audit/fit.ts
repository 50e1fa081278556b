import type { AuditOutput } from "../../job/types.ts";
import { auditEntryBytes } from "../../rpc/convert/audit.ts";
import { MAX_REPLY_BYTES } from "../fit.ts";

/** A page that fits into one reply: what does not is the beginning of the next one. */
export function fitAudit(page: AuditOutput): AuditOutput {
  let left = MAX_REPLY_BYTES;
  for (const [index, entry] of page.entries.entries()) {
    left -= auditEntryBytes(entry);
    const last = page.entries[index - 1];
    if (left < 0 && last) {
      return { entries: page.entries.slice(0, index), nextPageToken: String(last.sequence) };
    }
  }
  return page;
}
