import { chmodSync, closeSync, openSync } from "node:fs";

/**
 * Makes sure that there is a file, and that only its owner can read it. Made before SQLite opens it: the files
 * that SQLite puts beside it get the same mode.
 *
 * One that is there is not opened: closing it would give up every lock that this process has on it, fcntl(2).
 */
export function ensurePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // An earlier version may have made it with another one.
    chmodSync(path, 0o600);
  }
}
