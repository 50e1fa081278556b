import { Database, SQLiteError } from "bun:sqlite";
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JobError } from "./errors.ts";
import { ensurePrivateFile } from "./private-file.ts";

/**
 * Makes sure that nobody else on the host works in the same state directory or the same cgroup root.
 * @throws JobError HOST_UNSUPPORTED when somebody does
 */
export function lockPaths({
  stateDir,
  cgroupRoot,
}: {
  stateDir: string;
  cgroupRoot: string | undefined;
}): Disposable {
  using locks = new DisposableStack();
  locks.use(acquireLock(join(stateDir, "lock"), `the state directory ${stateDir}`));
  if (cgroupRoot !== undefined) {
    // A cgroup file system holds no files of ours, so the lock lies elsewhere under its name.
    const name = `cgroup-${new Bun.CryptoHasher("sha256").update(cgroupRoot).digest("hex").slice(0, 16)}.lock`;
    locks.use(acquireLock(join(lockDir(), name), `the cgroup root ${cgroupRoot}`));
  }
  return locks.move();
}

/**
 * Takes a lock that ends with this process, however it ends. A file lock of the kernel's, through an SQLite
 * transaction that stays open: Bun has no flock(2).
 * @throws JobError HOST_UNSUPPORTED when somebody holds it
 */
function acquireLock(path: string, what: string): Disposable {
  ensurePrivateFile(path);
  const database = new Database(path);
  try {
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    database.run("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    if (!(cause instanceof SQLiteError) || cause.code !== "SQLITE_BUSY") throw cause;
    throw new JobError("HOST_UNSUPPORTED", `another agent is using ${what}`, {
      hint: "stop that agent, or give this one its own with --state-dir and --cgroup-root",
      cause,
    });
  }
  return { [Symbol.dispose]: () => database.close() };
}

/** Where all agents of this account meet: emptied at boot, and nobody else's. */
function lockDir(): string {
  const uid = process.getuid?.() ?? 0;
  const candidates = [uid === 0 ? "/run" : process.env["XDG_RUNTIME_DIR"], tmpdir()];
  const parent = candidates.find((path) => path !== undefined && lstatSync(path, { throwIfNoEntry: false }));
  const dir = join(parent ?? "/tmp", uid === 0 ? "lpr" : `lpr-${uid}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  // In a directory that everybody may write to, somebody else may have been there first.
  const { uid: owner, mode } = lstatSync(dir);
  if (owner === uid && (mode & 0o022) === 0) return dir;
  throw new JobError(
    "HOST_UNSUPPORTED",
    `${dir} must belong to this account and be writable for nobody else`,
    {
      hint: `remove ${dir}`,
    },
  );
}
