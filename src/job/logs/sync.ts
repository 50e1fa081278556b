import { existsSync } from "node:fs";
import { open } from "node:fs/promises";

/**
 * Puts the log of a job that has ended on the disk. Until then it may be in the page cache alone, for 30 s and
 * more: a power loss would leave a job that is recorded as finished, and an empty log.
 */
export async function syncLog(path: string): Promise<void> {
  // Removed by whoever may: there is nothing to keep, and its readers are told.
  if (!existsSync(path)) return;
  await using file = await open(path, "r");
  // Nothing written is nothing to wait for.
  if ((await file.stat()).size > 0) await file.datasync();
}
