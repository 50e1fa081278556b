import { Database, SQLiteError } from "bun:sqlite";
import { closeSync, existsSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";
import { JobError } from "../errors.ts";
import { ensurePrivateFile } from "../private-file.ts";
import { GroupSync } from "./group-sync.ts";
import { migrate, schemaVersion } from "./schema.ts";

const HINT =
  "restore the state directory from a backup; or move lpr.db* away: without them an agent starts with no jobs, and " +
  "removes the output of those there were";

/**
 * The one file of records, and its only connection. A write is applied at once and in order; what was written
 * survives a crash of this process, and after `flush` one of the host. Whatever order two writes had, a host that
 * crashes before `flush` keeps none, the first, or both of them.
 *
 * SQLite itself would wait for the disk at each commit (synchronous=FULL) and this process with it. So it does not
 * (NORMAL, where only a checkpoint does), and `flush` does the same to the same file, the write-ahead log, in a
 * thread of its own and for all who ask at that time.
 */
export class RecordDatabase implements Disposable {
  readonly sql: Database;
  readonly #path: string;
  readonly #log: number;
  readonly #disk: GroupSync;

  /** @throws JobError HOST_UNSUPPORTED when the file is not a database, or of a newer LPR */
  static open(path: string): RecordDatabase {
    ensurePrivateFile(path);
    const sql = new Database(path, { create: true, strict: true });
    try {
      sql.run("PRAGMA journal_mode = WAL");
      // What a migration does is on the disk when it is done.
      sql.run("PRAGMA synchronous = FULL");
      sql.run("PRAGMA foreign_keys = ON");
      migrate(sql, path, () => {
        const copy = `${path}.v${schemaVersion(sql)}`;
        if (existsSync(copy)) return;
        sql.run("VACUUM INTO ?", [copy]);
        ensurePrivateFile(copy);
      });
      sql.run("PRAGMA synchronous = NORMAL");
    } catch (cause) {
      sql.close();
      if (!(cause instanceof SQLiteError)) throw cause;
      throw new JobError("HOST_UNSUPPORTED", `${path} cannot be used as LPR's database: ${cause.message}`, {
        hint: HINT,
        cause,
      });
    }
    return new RecordDatabase(sql, path);
  }

  private constructor(sql: Database, path: string) {
    this.sql = sql;
    this.#path = path;
    // There as long as the database is open, and always the same file. SQLite holds no lock on it that closing
    // a descriptor would give up (fcntl(2)): those are on the -shm file.
    this.#log = openSync(`${path}-wal`, "r");
    this.#disk = new GroupSync(() => datasync(this.#log));
  }

  /** Resolves when all that was written before is on the disk: one wait for it serves all who ask meanwhile. */
  flush(): Promise<void> {
    return this.#disk.flush();
  }

  /** Reads; what is damaged is not found sooner. @throws JobError INTERNAL naming the file when it is */
  read<T>(query: (sql: Database) => T): T {
    try {
      return query(this.sql);
    } catch (cause) {
      if (!(cause instanceof SQLiteError) || cause.code !== "SQLITE_CORRUPT") throw cause;
      throw new JobError("INTERNAL", `${this.#path} is damaged: ${cause.message}`, { hint: HINT, cause });
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#log);
    this.sql.close();
  }
}

const datasync = promisify(fdatasync);
