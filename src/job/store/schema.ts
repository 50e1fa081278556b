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
