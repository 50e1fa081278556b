import { rmSync } from "node:fs";
import { type Host, jobDirOf } from "./host.ts";
import type { JobStore, StartedRecord } from "./store/store.ts";

/** How long finished jobs and their logs are kept, in milliseconds. */
export interface Retention {
  /** @default 604_800_000 (7 days) */
  readonly succeededMs?: number | undefined;
  /** Longer, as failures are what people come back to. @default 2_592_000_000 (30 days) */
  readonly failedMs?: number | undefined;
}

const DAY_MS = 86_400_000;

/** Finished jobs that have been kept long enough; none: that was all of them. */
export async function expired(store: JobStore, retention: Retention, now: Date): Promise<StartedRecord[]> {
  const { succeededMs = 7 * DAY_MS, failedMs = 30 * DAY_MS } = retention;
  const before = (keptMs: number) => new Date(now.getTime() - keptMs);
  return [
    ...(await store.listExpired({ status: "SUCCEEDED", finishedBefore: before(succeededMs) })),
    ...(await store.listExpired({ status: "FAILED", finishedBefore: before(failedMs) })),
  ];
}

/**
 * The record first: a directory without one is swept at the next start, a record without one would mislead.
 * False: somebody else forgets it at the same time.
 */
export async function forget(host: Host, id: string): Promise<boolean> {
  // Also on a full disk: this is what makes room there.
  const deleted = await host.disk.insist(() => host.store.delete(id));
  await host.store.flush();
  rmSync(jobDirOf(host, id), { recursive: true, force: true });
  return deleted;
}
