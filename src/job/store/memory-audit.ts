import { bounded } from "../audit/note.ts";
import { auditCut, trimEnd, trimNote } from "../audit/trim.ts";
import type { AuditEntry, AuditNote, AuditOutput, AuditRetention } from "../audit/types.ts";
import type { AuditLog, AuditQuery } from "./audit-log.ts";

/** Forgets everything with its process. */
export class MemoryAuditLog implements AuditLog {
  #entries: AuditEntry[] = [];
  #last = 0;

  append(note: AuditNote): AuditEntry {
    const entry = { ...bounded(note), sequence: ++this.#last };
    this.#entries.push(entry);
    return entry;
  }

  list(query: AuditQuery): AuditOutput {
    const { since, until, tenant, action, jobName, refusedOnly, pageSize, pageToken } = query;
    const matching = this.#entries
      .toReversed()
      .filter(
        (entry) =>
          (pageToken === undefined || entry.sequence < Number(pageToken)) &&
          (since === undefined || entry.time >= since) &&
          (until === undefined || entry.time < until) &&
          (tenant === undefined || entry.tenant === tenant) &&
          (action === undefined || entry.action === action) &&
          (jobName === undefined || entry.jobName === jobName) &&
          (!refusedOnly || entry.outcome !== "OK"),
      );
    const entries = matching.slice(0, pageSize);
    const last = entries.at(-1);
    return matching.length > pageSize && last
      ? { entries, nextPageToken: String(last.sequence) }
      : { entries };
  }

  trim(retention: AuditRetention, now: Date): AuditEntry | undefined {
    const oldest = this.#entries[0];
    if (oldest === undefined) return undefined;
    const cut = auditCut(
      { first: oldest.sequence, last: this.#last, firstTime: oldest.time },
      retention,
      now,
    );
    if (cut === undefined) return undefined;
    const { before } = cut;
    const isYoung = ({ time }: AuditEntry) => before === undefined || time >= before;
    const end = trimEnd(oldest.sequence, cut, this.#entries.find(isYoung)?.sequence ?? this.#last + 1);
    this.#entries = this.#entries.filter(({ sequence }) => sequence >= end);
    return this.append(trimNote(oldest.sequence, end, now));
  }
}
