import { closeSync, fchmodSync, openSync } from "node:fs";

/**
 * Makes sure that there is a file, and that only its owner can read it. Made before SQLite opens it: the files
 * that SQLite puts beside it get the same mode.
 */
export function ensurePrivateFile(path: string): void {
  const fd = openSync(path, "a", 0o600);
  try {
    // An earlier version may have made it with another one.
    fchmodSync(fd, 0o600);
  } finally {
    closeSync(fd);
  }
}
