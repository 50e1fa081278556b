import type { Database, SQLQueryBindings } from "bun:sqlite";
import { bounded } from "../audit/note.ts";
import { auditCut, trimEnd, trimNote } from "../audit/trim.ts";
import type { AuditEntry, AuditInput, AuditNote, AuditOutput, AuditRetention } from "../audit/types.ts";

/** Entries that are only ever added; but the oldest may be given up, which is an entry itself. */
export interface AuditLog {
  /** Throws what keeps it from being written: what it tells of must not be done then. */
  append(note: AuditNote): AuditEntry;
  list(query: AuditQuery): AuditOutput;
  /** Gives up what has been kept long enough. The entry that tells of it, if there was anything to give up. */
  trim(retention: AuditRetention, now: Date): AuditEntry | undefined;
}

export interface AuditQuery extends AuditInput {
  readonly pageSize: number;
}

/** Entries that one query looks at, so that no filter holds up what else goes on in this process: about 10 ms. */
const MAX_LOOKED_AT = 10_000;

interface Row extends Omit<AuditEntry, "time"> {
  readonly time: number;
}

const COLUMNS =
  "sequence, time, tenant, role, fingerprint, address, action, job_name AS jobName, job_id AS jobId, outcome, detail";

/** In the database of the jobs, so that a job and the entry of its start are written together or not at all. */
export class SqliteAuditLog implements AuditLog {
  readonly #sql: Database;

  constructor(sql: Database) {
    this.#sql = sql;
  }

  append(note: AuditNote): AuditEntry {
    const kept = bounded(note);
    const { tenant, role, fingerprint, address, action, jobName, jobId, outcome, detail } = kept;
    const { lastInsertRowid } = this.#sql
      .query(
        `INSERT INTO audit (time, tenant, role, fingerprint, address, action, job_name, job_id, outcome, detail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[kept.time.getTime(), tenant, role, fingerprint, address, action, jobName, jobId, outcome, detail],
      );
    return { ...kept, sequence: Number(lastInsertRowid) };
  }

  list({ since, until, tenant, action, jobName, refusedOnly, pageSize, pageToken }: AuditQuery): AuditOutput {
    const below = pageToken === undefined ? this.#last() + 1 : Number(pageToken);
    const from = Math.max(below - MAX_LOOKED_AT, this.#first());
    const conditions: [string, SQLQueryBindings | undefined][] = [
      ["time >= ?", since?.getTime()],
      ["time < ?", until?.getTime()],
      ["tenant = ?", tenant],
      ["action = ?", action],
      ["job_name = ?", jobName],
      ["outcome <> ?", refusedOnly ? "OK" : undefined],
    ];
    const asked = conditions.filter(([, value]) => value !== undefined);
    const rows = this.#sql
      .query<Row, SQLQueryBindings[]>(
        `SELECT ${COLUMNS} FROM audit WHERE sequence >= ? AND sequence < ?
         ${asked.map(([condition]) => `AND ${condition}`).join(" ")} ORDER BY sequence DESC LIMIT ?`,
      )
      .all(from, below, ...asked.map(([, value]) => value as SQLQueryBindings), pageSize);
    const entries = rows.map((row) => ({ ...row, time: new Date(row.time) }));
    const next = rows.length === pageSize ? (rows.at(-1)?.sequence ?? from) : from;
    return next <= this.#first() ? { entries } : { entries, nextPageToken: String(next) };
  }

  trim(retention: AuditRetention, now: Date): AuditEntry | undefined {
    return this.#sql.transaction(() => {
      const first = this.#first();
      const oldest = this.#sql
        .query<{ time: number }, [number]>("SELECT time FROM audit WHERE sequence = ?")
        .get(first);
      if (oldest === null) return undefined;
      const cut = auditCut({ first, last: this.#last(), firstTime: new Date(oldest.time) }, retention, now);
      if (cut === undefined) return undefined;
      const end = trimEnd(first, cut, this.#sequenceAt(cut.before));
      const entry = this.append(trimNote(first, end, now));
      this.#sql.query("UPDATE audit_horizon SET first = ?").run(end);
      this.#sql.query("DELETE FROM audit WHERE sequence < ?").run(end);
      return entry;
    })();
  }

  /** Of the oldest entry there may be. */
  #first(): number {
    return this.#number("SELECT first AS value FROM audit_horizon") ?? 1;
  }

  #last(): number {
    return this.#number("SELECT max(sequence) AS value FROM audit") ?? 0;
  }

  /** Of the first entry that is not older: all before it are. */
  #sequenceAt(time: Date | undefined): number {
    if (time === undefined) return 0;
    const sql = "SELECT sequence AS value FROM audit WHERE time >= ? ORDER BY sequence LIMIT 1";
    return this.#number(sql, time.getTime()) ?? this.#last() + 1;
  }

  #number(sql: string, ...values: SQLQueryBindings[]): number | undefined {
    return (
      this.#sql.query<{ value: number | null }, SQLQueryBindings[]>(sql).get(...values)?.value ?? undefined
    );
  }
}
