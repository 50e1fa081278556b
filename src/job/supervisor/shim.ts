import { existsSync, renameSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import shim from "./shim.sh" with { type: "text" };

const MAX_LOG_BYTES = 2 ** 20;

/**
 * Puts the shim on disk, named by its content: a shell reads its script as it goes, so the file of a running
 * supervisor must never change, also when an upgraded agent brings another one.
 */
export function installShim(stateDir: string): string {
  // What the shells of earlier supervisors complained of: none of it matters for long.
  const log = join(stateDir, "supervisors.log");
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) truncateSync(log);
  const hash = new Bun.CryptoHasher("sha256").update(shim).digest("hex").slice(0, 12);
  const path = join(stateDir, `supervisor-${hash}.sh`);
  if (!existsSync(path)) {
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, shim, { mode: 0o600, flush: true });
    renameSync(unfinished, path);
  }
  return path;
}
