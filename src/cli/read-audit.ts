import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../client/client.ts";
import type { AuditEntry, AuditInput } from "../job/types.ts";
import { persistently } from "./follow.ts";
import { note } from "./output.ts";
import { Patience } from "./patience.ts";

export type AuditFilter = Omit<AuditInput, "pageSize" | "pageToken">;

/** Time between two looks at the log that is followed, in milliseconds. */
const POLL_MS = 1_000;

/** The newest entries, so many at most, in the order in which things happened, and whether there are older ones. */
export async function newestEntries(
  client: Client,
  filter: AuditFilter,
  limit: number,
  signal: AbortSignal,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly more: boolean }> {
  const entries: AuditEntry[] = [];
  let pageToken: string | undefined;
  do {
    const page = await client.audit({ ...filter, pageToken }, { signal });
    entries.push(...page.entries);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined && entries.length < limit);
  const more = pageToken !== undefined || entries.length > limit;
  return { entries: entries.slice(0, limit).reverse(), more };
}

/** Entries as they come, after those up to a sequence; a lost agent is waited for. */
export function followAudit(
  client: Client,
  filter: AuditFilter,
  known: number,
  signal: AbortSignal,
): AsyncIterable<AuditEntry> {
  let last = known;
  const patience = new Patience({ signal, note }, () => "lost the agent");
  return persistently(async function* () {
    for (;;) {
      const entries = await entriesAfter(client, filter, last, signal);
      patience.restore();
      for (const entry of entries) {
        yield entry;
        last = entry.sequence;
      }
      await sleep(POLL_MS, undefined, { signal });
    }
  }, patience);
}

/** Looks back only as far as there is something new. */
async function entriesAfter(
  client: Client,
  filter: AuditFilter,
  last: number,
  signal: AbortSignal,
): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  let pageToken: string | undefined;
  do {
    const page = await client.audit({ ...filter, pageToken }, { signal });
    const fresh = page.entries.filter(({ sequence }) => sequence > last);
    found.push(...fresh);
    pageToken = fresh.length === page.entries.length && fresh.length > 0 ? page.nextPageToken : undefined;
  } while (pageToken !== undefined);
  return found.reverse();
}
