import { type Changes, type Database, SQLiteError, type SQLQueryBindings } from "bun:sqlite";
import type { AuditEntry, AuditNote } from "../audit/types.ts";
import type { Status } from "../types.ts";
import { SqliteAuditLog } from "./audit-log.ts";
import { RecordDatabase } from "./database.ts";
import { nameTaken } from "./name-taken.ts";
import { nextUid } from "./next-uid.ts";
import { fromJson, toJson } from "./record-json.ts";
import {
  type ExpiryQuery,
  isStarted,
  type JobRecord,
  type JobStore,
  type ListQuery,
  type RecordChange,
  type RecordPage,
  type StartedRecord,
  type UidRange,
} from "./store.ts";

interface Row {
  readonly record: string;
}

/** Keeps jobs in the database of the state directory. */
export class SqliteStore implements JobStore {
  readonly audit: SqliteAuditLog;
  readonly #database: RecordDatabase;

  /** @throws JobError HOST_UNSUPPORTED when the file is not a database, or of a newer LPR */
  static open(path: string): SqliteStore {
    return new SqliteStore(RecordDatabase.open(path));
  }

  /** Closes the database when it is closed. */
  constructor(database: RecordDatabase) {
    this.#database = database;
    this.audit = new SqliteAuditLog(database.sql);
  }

  async insert(record: JobRecord, note?: AuditNote): Promise<AuditEntry | undefined> {
    const { id, name, createdBy, labels, request } = record;
    try {
      return this.#sql.transaction(() => {
        this.#run(
          "INSERT INTO jobs (id, name, created_by, request_id, status, finished_at, record) VALUES (?, ?, ?, ?, ?, ?, ?)",
          ...[id, name, createdBy, request?.id ?? null, ...columns(record)],
        );
        for (const [key, value] of Object.entries(labels)) {
          this.#run("INSERT INTO labels (key, value, job_id) VALUES (?, ?, ?)", key, value, id);
        }
        return note && this.audit.append(note);
      })();
    } catch (error) {
      if (error instanceof SQLiteError && error.code === "SQLITE_CONSTRAINT_UNIQUE")
        throw nameTaken(record.name);
      throw error;
    }
  }

  async update(id: string, change: RecordChange): Promise<JobRecord | undefined> {
    const [row] = this.#all("SELECT record FROM jobs WHERE id = ?", id);
    if (row === undefined) return undefined;
    const record = { ...row, ...change };
    this.#run("UPDATE jobs SET status = ?, finished_at = ?, record = ? WHERE id = ?", ...columns(record), id);
    return record;
  }

  async delete(id: string): Promise<boolean> {
    return this.#run("DELETE FROM jobs WHERE id = ?", id).changes > 0;
  }

  async findByName(name: string): Promise<JobRecord | undefined> {
    return this.#all("SELECT record FROM jobs WHERE name = ?", name)[0];
  }

  async findByRequest(createdBy: string, requestId: string): Promise<JobRecord | undefined> {
    return this.#all(
      "SELECT record FROM jobs WHERE created_by = ? AND request_id = ?",
      createdBy,
      requestId,
    )[0];
  }

  async list(query: ListQuery): Promise<RecordPage> {
    const { statuses = [], createdBy, labels = {}, namePrefix, pageSize, pageToken } = query;
    const asked = statuses.length === 0 ? ["RUNNING", "SUCCEEDED", "FAILED"] : statuses;
    const conditions = [`status IN (${asked.map(() => "?").join(", ")})`];
    const values: SQLQueryBindings[] = [...asked];
    if (createdBy !== undefined) {
      conditions.push("created_by = ?");
      values.push(createdBy);
    }
    if (pageToken !== undefined) {
      conditions.push("id < ?");
      values.push(pageToken);
    }
    for (const label of Object.entries(labels)) {
      conditions.push("id IN (SELECT job_id FROM labels WHERE key = ? AND value = ?)");
      values.push(...label);
    }
    if (namePrefix !== undefined) {
      // By way of the ids, which the index of the names holds: sorting whole records of a prefix that many jobs
      // share takes three times as long. No name holds a character after "z".
      conditions.push("id IN (SELECT id FROM jobs WHERE name >= ? AND name < ?)");
      values.push(namePrefix, `${namePrefix}{`);
    }
    // The unary plus keeps SQLite from sorting a whole status: walking the newest ids is what a page needs.
    const status = asked.length === 1 ? "" : "+";
    const found = this.#all(
      `SELECT record FROM jobs WHERE ${status}${conditions.join(" AND ")} ORDER BY id DESC LIMIT ?`,
      ...values,
      pageSize + 1,
    ).filter(isStarted);
    const records = found.slice(0, pageSize);
    const last = records.at(-1);
    return found.length > pageSize && last ? { records, nextPageToken: last.id } : { records };
  }

  async listUnfinished(): Promise<readonly JobRecord[]> {
    return this.#all("SELECT record FROM jobs WHERE status IN ('STARTING', 'RUNNING') ORDER BY id");
  }

  async listExpired({ status, finishedBefore }: ExpiryQuery): Promise<readonly StartedRecord[]> {
    const sql =
      "SELECT record FROM jobs WHERE status = ? AND finished_at < ? ORDER BY finished_at LIMIT 1000";
    return this.#all(sql, status, finishedBefore.getTime()).filter(isStarted);
  }

  async countByStatus(): Promise<Readonly<Record<Status, number>>> {
    const rows = this.#sql
      .query<{ status: string; count: number }, []>(
        "SELECT status, count(*) AS count FROM jobs GROUP BY status",
      )
      .all();
    const count = (status: Status) => rows.find((row) => row.status === status)?.count ?? 0;
    return { RUNNING: count("RUNNING"), SUCCEEDED: count("SUCCEEDED"), FAILED: count("FAILED") };
  }

  async ids(): Promise<ReadonlySet<string>> {
    const rows = this.#database.read((sql) => sql.query<{ id: string }, []>("SELECT id FROM jobs").all());
    return new Set(rows.map(({ id }) => id));
  }

  async tenantUid(tenant: string, range: UidRange, taken: ReadonlySet<number>): Promise<number | undefined> {
    const known = this.#uid("SELECT uid FROM tenants WHERE tenant = ?", tenant);
    if (known !== undefined) return known;
    const uid = this.#assignUid(tenant, range, taken);
    // Files will belong to it for ever.
    await this.flush();
    return uid;
  }

  flush(): Promise<void> {
    return this.#database.flush();
  }

  async close(): Promise<void> {
    this.#database[Symbol.dispose]();
  }

  get #sql(): Database {
    return this.#database.sql;
  }

  #assignUid(tenant: string, range: UidRange, taken: ReadonlySet<number>): number | undefined {
    return this.#sql.transaction(() => {
      const { first, last } = range;
      const highest = this.#uid("SELECT max(uid) AS uid FROM tenants WHERE uid BETWEEN ? AND ?", first, last);
      const uid = nextUid(highest ?? 0, range, taken);
      if (uid === undefined) return undefined;
      this.#run("INSERT INTO tenants (tenant, uid) VALUES (?, ?)", tenant, uid);
      return uid;
    })();
  }

  #all(sql: string, ...values: SQLQueryBindings[]): JobRecord[] {
    const rows = this.#database.read((database) =>
      database.query<Row, SQLQueryBindings[]>(sql).all(...values),
    );
    return rows.map(({ record }) => fromJson(record));
  }

  #uid(sql: string, ...values: SQLQueryBindings[]): number | undefined {
    return this.#sql.query<{ uid: number | null }, SQLQueryBindings[]>(sql).get(...values)?.uid ?? undefined;
  }

  #run(sql: string, ...values: SQLQueryBindings[]): Changes {
    return this.#sql.query(sql).run(...values);
  }
}

function columns(record: JobRecord): [string, number | null, string] {
  const { state } = record;
  return [state.status, "finishedAt" in state ? state.finishedAt.getTime() : null, toJson(record)];
}
