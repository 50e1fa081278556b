import { rmSync } from "node:fs";
import { type Host, jobDirOf } from "./host.ts";

/** How long finished jobs and their logs are kept, in milliseconds. */
export interface Retention {
  /** @default 604_800_000 (7 days) */
  readonly succeededMs?: number | undefined;
  /** Longer, as failures are what people come back to. @default 2_592_000_000 (30 days) */
  readonly failedMs?: number | undefined;
}

const DAY_MS = 86_400_000;

/** Removes the finished jobs that have been kept long enough. */
export async function removeExpired(host: Host, retention: Retention, now: Date): Promise<void> {
  const { succeededMs = 7 * DAY_MS, failedMs = 30 * DAY_MS } = retention;
  for (const [status, keptMs] of [
    ["SUCCEEDED", succeededMs],
    ["FAILED", failedMs],
  ] as const) {
    const finishedBefore = new Date(now.getTime() - keptMs);
    for (const { id } of await host.store.listExpired({ status, finishedBefore })) await forget(host, id);
  }
}

/** The record first: a directory without one is swept at the next start, a record without one would mislead. */
export async function forget(host: Host, id: string): Promise<void> {
  await host.store.delete(id);
  rmSync(jobDirOf(host, id), { recursive: true, force: true });
}
