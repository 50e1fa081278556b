import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditNote } from "../../../src/job/index.ts";
import { MemoryStore } from "../../../src/job/store/memory.ts";
import { SqliteStore } from "../../../src/job/store/sqlite.ts";
import type { JobStore } from "../../../src/job/store/store.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const drivers = {
  memory: () => new MemoryStore(),
  sqlite: (path: string) => SqliteStore.open(path),
} satisfies Record<string, (path: string) => JobStore>;

const DAY_MS = 86_400_000;
const now = new Date("2026-11-24T12:00:00Z");

function note(change: Partial<AuditNote> = {}): AuditNote {
  return {
    ...{ tenant: "alice", role: "user", fingerprint: "ab".repeat(32), address: "192.0.2.7:40000" },
    ...{ time: now, action: "Run", jobName: "web", jobId: "id-1", outcome: "OK", detail: "sleep" },
    ...change,
  };
}

describe.each(Object.entries(drivers))("the audit log of the %s store", (_name, open) => {
  const openLog = () => {
    const dir = tempDir();
    const store = open(dir.join("lpr.db"));
    return {
      log: store.audit,
      [Symbol.asyncDispose]: async () => {
        await store.close();
        dir[Symbol.dispose]();
      },
    };
  };

  test("gives back what was put on it, newest first, numbered without gaps", async () => {
    await using opened = openLog();
    const { log } = opened;
    const first = note({ detail: "'; DROP TABLE audit; --\n\u{1f600}" });
    expect(log.append(first)).toEqual({ ...first, sequence: 1 });
    log.append(note({ outcome: "NOT_FOUND" }));
    const { entries, nextPageToken } = log.list({ pageSize: 100 });
    expect(entries).toEqual([
      { ...note({ outcome: "NOT_FOUND" }), sequence: 2 },
      { ...first, sequence: 1 },
    ]);
    expect(nextPageToken).toBeUndefined();
  });

  test("finds entries by time, tenant, action, job and refusal, and by all of them together", async () => {
    await using opened = openLog();
    const { log } = opened;
    const at = (ms: number) => new Date(now.getTime() + ms);
    log.append(note({ time: at(0), tenant: "alice", action: "Run", jobName: "web" }));
    log.append(note({ time: at(10), tenant: "bob", action: "Stop", jobName: "web", outcome: "NOT_FOUND" }));
    log.append(note({ time: at(20), tenant: "alice", action: "Stop", jobName: "db" }));
    const found = (query: object) => log.list({ ...query, pageSize: 100 }).entries.map((e) => e.sequence);
    expect(found({})).toEqual([3, 2, 1]);
    expect(found({ since: at(10) })).toEqual([3, 2]);
    expect(found({ until: at(10) })).toEqual([1]);
    expect(found({ tenant: "alice" })).toEqual([3, 1]);
    expect(found({ action: "Stop" })).toEqual([3, 2]);
    expect(found({ jobName: "web" })).toEqual([2, 1]);
    expect(found({ refusedOnly: true })).toEqual([2]);
    expect(found({ refusedOnly: false })).toEqual([3, 2, 1]);
    expect(found({ tenant: "alice", action: "Stop", since: at(5) })).toEqual([3]);
  });

  test("gives every entry once, page after page", async () => {
    await using opened = openLog();
    const { log } = opened;
    for (let n = 0; n < 7; n++) log.append(note({ tenant: n % 2 === 0 ? "even" : "odd" }));
    for (const [tenant, expected] of [
      [undefined, [7, 6, 5, 4, 3, 2, 1]],
      ["even", [7, 5, 3, 1]],
      ["nobody", []],
    ] as const) {
      const seen: number[] = [];
      let pageToken: string | undefined;
      do {
        const page = log.list({ tenant, pageToken, pageSize: 2 });
        seen.push(...page.entries.map(({ sequence }) => sequence));
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      expect(seen).toEqual([...expected]);
    }
  });

  test("keeps no text that is longer than an entry may hold", async () => {
    await using opened = openLog();
    const { detail, jobName } = opened.log.append(
      note({ detail: "x".repeat(5_000), jobName: "\u{1f600}".repeat(999) }),
    );
    expect(detail).toBe(`${"x".repeat(300)}...`);
    expect(jobName).toBe(`${"\u{1f600}".repeat(150)}...`);
  });

  test("gives up what is older than configured, and says so in an entry", async () => {
    await using opened = openLog();
    const { log } = opened;
    const days = (n: number) => new Date(now.getTime() - n * DAY_MS);
    for (const age of [30, 20, 11, 9, 1]) log.append(note({ time: days(age) }));
    expect(log.trim({ keepMs: 10 * DAY_MS }, now)).toMatchObject({
      ...{ sequence: 6, action: "trim", outcome: "OK", time: now },
      detail: "entries 1 to 3 were kept as long as configured, and removed",
    });
    expect(log.list({ pageSize: 100 }).entries.map(({ sequence }) => sequence)).toEqual([6, 5, 4]);
    // Not again for what comes of age within a day.
    expect(log.trim({ keepMs: 8.5 * DAY_MS }, now)).toBeUndefined();
  });

  test("gives up the oldest when there are more than configured, some at a time", async () => {
    await using opened = openLog();
    const { log } = opened;
    for (let n = 0; n < 101; n++) log.append(note());
    expect(log.trim({ maxEntries: 100 }, now)).toBeUndefined();
    log.append(note());
    expect(log.trim({ maxEntries: 100 }, now)?.detail).toContain("entries 1 to 2 ");
    const { entries } = log.list({ pageSize: 200 });
    expect([entries[0]?.sequence, entries.at(-1)?.sequence]).toEqual([103, 3]);
    expect(log.trim({}, now)).toBeUndefined();
  });
});

describe("the audit log in the database", () => {
  const filled = () => {
    const dir = tempDir();
    const store = SqliteStore.open(dir.join("lpr.db"));
    for (let n = 0; n < 3; n++) store.audit.append(note());
    const other = new Database(dir.join("lpr.db"));
    return {
      ...{ store, other },
      [Symbol.asyncDispose]: async () => {
        other.close();
        await store.close();
        dir[Symbol.dispose]();
      },
    };
  };

  test.each([
    "UPDATE audit SET tenant = 'mallory' WHERE sequence = 1",
    "UPDATE audit SET sequence = 9 WHERE sequence = 1",
    "DELETE FROM audit",
    "DELETE FROM audit WHERE sequence = 1",
    "INSERT OR REPLACE INTO audit SELECT 1, time, 'mallory', role, fingerprint, address, action, job_name, job_id, outcome, detail FROM audit WHERE sequence = 2",
  ])("refuses to be changed: %s", async (sql) => {
    await using opened = filled();
    const { store, other } = opened;
    const before = store.audit.list({ pageSize: 100 });
    expect(() => other.run(sql)).toThrow("the audit log is append-only");
    expect(store.audit.list({ pageSize: 100 })).toEqual(before);
  });

  test.each([
    "UPDATE audit_horizon SET first = 4",
    "DELETE FROM audit_horizon",
    "UPDATE audit_horizon SET first = 3; UPDATE audit_horizon SET first = 2",
  ])("refuses a horizon that falls, goes, or passes the newest entry: %s", async (sql) => {
    await using opened = filled();
    expect(() => opened.other.run(sql)).toThrow("the horizon of the audit log only rises");
  });

  test("shows a gap where somebody has taken the guards and the newest entry away", async () => {
    await using opened = filled();
    const { store, other } = opened;
    other.run("DROP TRIGGER audit_is_not_deleted");
    other.run("DELETE FROM audit WHERE sequence = 3");
    expect(store.audit.append(note()).sequence).toBe(4);
  });

  test("looks at a bounded number of entries at a time, and goes on where it left off", async () => {
    await using opened = filled();
    const { store, other } = opened;
    other.run(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
       INSERT INTO audit (time, tenant, role, fingerprint, address, action, job_name, job_id, outcome, detail)
       SELECT i, 'many', '', '', '', 'Run', '', '', 'OK', '' FROM n`,
    );
    const pages: (readonly [number, string | undefined])[] = [];
    for (let pageToken: string | undefined = "25004"; pageToken !== undefined; ) {
      const page = store.audit.list({ tenant: "alice", pageToken, pageSize: 100 });
      pages.push([page.entries.length, page.nextPageToken]);
      pageToken = page.nextPageToken;
    }
    expect(pages).toEqual([
      [0, "15004"],
      [0, "5004"],
      [3, undefined],
    ]);
  });

  test("is there, empty and guarded, after a migration from the first schema, whose copy is kept", async () => {
    using dir = tempDir();
    const path = dir.join("lpr.db");
    copyFileSync(join(import.meta.dir, "../../fixtures/databases/v1.db"), path);
    const store = SqliteStore.open(path);
    expect(store.audit.list({ pageSize: 100 })).toEqual({ entries: [] });
    expect(store.audit.append(note()).sequence).toBe(1);
    await store.close();
    const database = new Database(path);
    expect(() => database.run("DELETE FROM audit")).toThrow("append-only");
    database.close();
    const copy = new Database(`${path}.v1`, { readonly: true });
    expect(copy.query("PRAGMA user_version").get()).toEqual({ user_version: 1 });
    copy.close();
  });

  test("keeps the entries of an earlier release", async () => {
    using dir = tempDir();
    copyFileSync(join(import.meta.dir, "../../fixtures/databases/v2.db"), dir.join("lpr.db"));
    const store = SqliteStore.open(dir.join("lpr.db"));
    expect(store.audit.list({ pageSize: 100 }).entries).toMatchObject([
      { sequence: 2, action: "Stop", outcome: "NOT_FOUND", time: new Date("2026-11-24T03:00:01.500Z") },
      { sequence: 1, tenant: "alice", jobName: "running", detail: "sleep with 1 argument" },
    ]);
    await store.close();
  });
});
