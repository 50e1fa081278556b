import { describe, expect, test } from "bun:test";
import { MemoryStore } from "../../../src/job/store/memory.ts";
import { SqliteStore } from "../../../src/job/store/sqlite.ts";
import type { JobRecord, JobStore } from "../../../src/job/store/store.ts";
import { errorOf } from "../../helpers/job-service.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const drivers = {
  memory: () => new MemoryStore(),
  sqlite: (path: string) => SqliteStore.open(path),
} satisfies Record<string, (path: string) => JobStore>;

const END = { reason: "EXITED", exitCode: 0 } as const;
let clock = Date.UTC(2026, 0, 1);

function record(name: string, change: Partial<JobRecord> = {}): JobRecord {
  const createdAt = new Date(clock++);
  return {
    id: Bun.randomUUIDv7("hex", createdAt.getTime()),
    ...{ name, createdBy: "alice", command: "true", args: [], workingDir: "/", labels: {}, killMode: "main" },
    output: "combined",
    ...{
      createdAt,
      startedAt: createdAt,
      state: { status: "RUNNING", pid: 7 },
      limits: {},
      limitsInEffect: {},
      isolated: true,
      user: "nobody",
    },
    ...change,
  };
}

describe.each(Object.entries(drivers))("the %s store", (_name, open) => {
  const openStore = () => {
    const dir = tempDir();
    const store = open(dir.join("lpr.db"));
    return {
      store,
      [Symbol.asyncDispose]: async () => {
        await store.close();
        dir[Symbol.dispose]();
      },
    };
  };

  test("gives back what was put in, dates and text that looks like dates included", async () => {
    await using opened = openStore();
    const { store } = opened;
    const put = record("foo", {
      args: ["2026-01-01T00:00:00.000Z"],
      labels: { createdAt: "2026-01-01T00:00:00.000Z" },
      timeoutAt: new Date(5),
      stopIntent: { reason: "STOPPED", causedBy: "bob", killAt: new Date(6) },
      cgroup: { dir: "/x", inode: 3 },
      request: { id: "r", hash: "h" },
      limits: { cpuCores: 0.5 },
    });
    await store.insert(put);
    expect(await store.findByName("foo")).toEqual(put);
    const finishedAt = new Date(7);
    await store.update(put.id, { state: { status: "SUCCEEDED", finishedAt, ...END }, usage: { cpuMs: 3 } });
    expect(await store.findByName("foo")).toEqual({
      ...put,
      state: { status: "SUCCEEDED", finishedAt, ...END },
      usage: { cpuMs: 3 },
    });
  });

  test("keeps a name for one record, until that is deleted", async () => {
    await using opened = openStore();
    const { store } = opened;
    const first = record("foo");
    await store.insert(first);
    expect(await errorOf(store.insert(record("foo")))).toMatchObject({ code: "NAME_TAKEN" });
    await store.delete(first.id);
    await store.update(first.id, { startedAt: new Date() });
    expect(await store.findByName("foo")).toBeUndefined();
    await store.insert(record("foo", { labels: { a: "b" } }));
  });

  test("lists by status, tenant and labels, newest first, in pages that do not overlap", async () => {
    await using opened = openStore();
    const { store } = opened;
    for (let index = 0; index < 20; index++) {
      const createdBy = index % 2 === 0 ? "alice" : "bob";
      const labels = { parity: createdBy, ...(index < 4 ? { early: "yes" } : {}) };
      const finishedAt = new Date(clock);
      const state =
        index < 10
          ? ({ status: "SUCCEEDED", finishedAt, ...END } as const)
          : ({ status: "RUNNING", pid: 1 } as const);
      await store.insert(record(`job-${index}`, { createdBy, labels, state }));
    }
    await store.insert(record("reserved", { state: { status: "STARTING" } }));
    const names = async (query: Parameters<JobStore["list"]>[0]) =>
      (await store.list(query)).records.map(({ name }) => name);
    expect(await names({ pageSize: 3 })).toEqual(["job-19", "job-18", "job-17"]);
    expect(await names({ pageSize: 3, createdBy: "bob", statuses: ["SUCCEEDED"] })).toEqual([
      "job-9",
      "job-7",
      "job-5",
    ]);
    expect(await names({ pageSize: 9, labels: { early: "yes", parity: "bob" } })).toEqual(["job-3", "job-1"]);
    expect(await names({ pageSize: 9, labels: { early: "no" } })).toEqual([]);
    expect(await names({ pageSize: 2, namePrefix: "job-1" })).toEqual(["job-19", "job-18"]);
    expect(
      await names({ pageSize: 9, namePrefix: "job-1", createdBy: "bob", statuses: ["SUCCEEDED"] }),
    ).toEqual(["job-1"]);
    expect(await names({ pageSize: 9, namePrefix: "job-19" })).toEqual(["job-19"]);
    expect(await names({ pageSize: 9, namePrefix: "ob-1" })).toEqual([]);
    await store.insert(record("webz_"));
    await store.insert(record("web-Z9"));
    await store.insert(record("web"));
    await store.insert(record("wea"));
    expect(await names({ pageSize: 9, namePrefix: "web" })).toEqual(["web", "web-Z9", "webz_"]);
    for (const { id } of (await store.list({ pageSize: 4, namePrefix: "we" })).records)
      await store.delete(id);
    const seen: string[] = [];
    for (let pageToken: string | undefined; ; ) {
      const page = await store.list({ pageSize: 7, pageToken, statuses: ["RUNNING", "SUCCEEDED"] });
      seen.push(...page.records.map(({ name }) => name));
      if (page.nextPageToken === undefined) break;
      pageToken = page.nextPageToken;
    }
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => `job-${19 - index}`));
  });

  test("finds what has not ended, what has been kept long enough, and what a request started", async () => {
    await using opened = openStore();
    const { store } = opened;
    const ended = (at: number) =>
      ({ state: { status: "SUCCEEDED", finishedAt: new Date(at), ...END } }) as const;
    await store.insert(record("starting", { state: { status: "STARTING" } }));
    await store.insert(record("running", { request: { id: "r1", hash: "h" } }));
    await store.insert(record("old", ended(100)));
    await store.insert(record("new", ended(200)));
    expect((await store.listUnfinished()).map(({ name }) => name)).toEqual(["starting", "running"]);
    const old = await store.listExpired({ status: "SUCCEEDED", finishedBefore: new Date(200) });
    expect(old.map(({ name }) => name)).toEqual(["old"]);
    expect(await store.listExpired({ status: "FAILED", finishedBefore: new Date(900) })).toEqual([]);
    expect((await store.findByRequest("alice", "r1"))?.name).toBe("running");
    expect(await store.findByRequest("bob", "r1")).toBeUndefined();
    expect((await store.ids()).size).toBe(4);
  });

  test("gives every tenant a uid of its own, until there are none", async () => {
    await using opened = openStore();
    const { store } = opened;
    const range = { first: 70_000, last: 70_003 };
    // 70001 and 70003 are of accounts or groups of the host.
    const uidOf = (tenant: string) => store.tenantUid(tenant, range, new Set([70_001, 70_003]));
    expect(await store.tenantUid("alice", range, new Set())).toBe(70_000);
    expect(await uidOf("bob")).toBe(70_002);
    expect(await uidOf("alice")).toBe(70_000);
    expect(await uidOf("carol")).toBeUndefined();
  });
});
