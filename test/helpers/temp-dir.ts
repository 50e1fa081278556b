import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory of the test's own, removed at the end of its scope: `using dir = tempDir()`. */
export function tempDir(): Disposable & { readonly path: string; join(...parts: string[]): string } {
  const path = mkdtempSync(join(tmpdir(), "lpr-test-"));
  return {
    path,
    join: (...parts) => join(path, ...parts),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
