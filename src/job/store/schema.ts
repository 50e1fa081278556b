import type { Database } from "bun:sqlite";
import { JobError } from "../errors.ts";

/**
 * One step per released schema: the nth takes a database from version n to n+1, in one transaction.
 * A step that was released is never changed. `user_version` holds the version.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE jobs (
     id          TEXT PRIMARY KEY,   -- UUID version 7: sorts by time of creation
     name        TEXT NOT NULL UNIQUE,
     created_by  TEXT NOT NULL,
     status      TEXT NOT NULL,      -- STARTING, RUNNING, SUCCEEDED, FAILED
     finished_at INTEGER,            -- milliseconds since 1970
     request_id  TEXT,               -- given by the creator
     record      TEXT NOT NULL       -- the whole record as JSON, see record-json.ts
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX jobs_by_request ON jobs (created_by, request_id) WHERE request_id IS NOT NULL;
   CREATE TABLE labels (
     key    TEXT NOT NULL,
     value  TEXT NOT NULL,
     job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
     PRIMARY KEY (key, value, job_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX labels_by_job ON labels (job_id);
   CREATE INDEX jobs_by_creator ON jobs (created_by, id);
   CREATE INDEX jobs_by_status ON jobs (status, id);
   CREATE INDEX jobs_by_end ON jobs (status, finished_at);
   CREATE TABLE tenants (
     tenant TEXT PRIMARY KEY,
     uid    INTEGER NOT NULL UNIQUE
   ) STRICT, WITHOUT ROWID;`,
  // Entries are only ever added. The oldest may go, but only after the horizon has been raised, which never falls and
  // never passes the newest entry: the one that tells of it. AUTOINCREMENT: a sequence is never
  // given again, whatever has been done to the newest entries.
  `CREATE TABLE audit (
     sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
     time        INTEGER NOT NULL,   -- milliseconds since 1970
     tenant      TEXT NOT NULL,
     role        TEXT NOT NULL,
     fingerprint TEXT NOT NULL,
     address     TEXT NOT NULL,
     action      TEXT NOT NULL,
     job_name    TEXT NOT NULL,
     job_id      TEXT NOT NULL,
     outcome     TEXT NOT NULL,
     detail      TEXT NOT NULL
   ) STRICT;
   CREATE TABLE audit_horizon (
     only  INTEGER PRIMARY KEY CHECK (only = 1),
     first INTEGER NOT NULL          -- entries before it may be deleted
   ) STRICT;
   INSERT INTO audit_horizon (only, first) VALUES (1, 1);
   CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
     BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
   CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
     WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
     BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
   CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
     WHEN OLD.sequence >= (SELECT first FROM audit_horizon)
     BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
   CREATE TRIGGER audit_horizon_rises BEFORE UPDATE ON audit_horizon
     WHEN NEW.first < OLD.first OR NEW.first > (SELECT max(sequence) FROM audit)
     BEGIN SELECT RAISE(ABORT, 'the horizon of the audit log only rises'); END;
   CREATE TRIGGER audit_horizon_stays BEFORE DELETE ON audit_horizon
     BEGIN SELECT RAISE(ABORT, 'the horizon of the audit log only rises'); END;`,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

export function schemaVersion(database: Database): number {
  return database.query<{ user_version: number }, []>("PRAGMA user_version").get()?.user_version ?? 0;
}

/**
 * Brings the database to the current schema.
 * @throws JobError HOST_UNSUPPORTED for a database of a newer LPR, which is left as it is
 */
export function migrate(database: Database, path: string, keepCopy: () => void): void {
  const version = schemaVersion(database);
  if (version > SCHEMA_VERSION) {
    throw new JobError(
      "HOST_UNSUPPORTED",
      `${path} has schema version ${version}, this LPR knows versions up to ${SCHEMA_VERSION}`,
      { hint: "run the newer LPR that wrote it, or use another state directory" },
    );
  }
  if (version > 0 && version < SCHEMA_VERSION) keepCopy();
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      database.run(step);
      database.run(`PRAGMA user_version = ${index + 1}`);
    })();
  }
}
