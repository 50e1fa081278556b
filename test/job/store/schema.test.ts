import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JobError } from "../../../src/job/index.ts";
import { SCHEMA_VERSION } from "../../../src/job/store/schema.ts";
import { SqliteStore } from "../../../src/job/store/sqlite.ts";
import { errorOf } from "../../helpers/job-service.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

// One database of every released schema, as that release wrote it: never changed, and always to be opened.
const FIXTURES = join(import.meta.dir, "../../fixtures/databases");

test("there is a fixture of every schema", () => {
  const expected = Array.from({ length: SCHEMA_VERSION }, (_, index) => `v${index + 1}.db`);
  expect(readdirSync(FIXTURES).toSorted()).toEqual(expected);
});

test.each(readdirSync(FIXTURES))("the database %s opens and has all its jobs", async (file) => {
  using dir = tempDir();
  copyFileSync(join(FIXTURES, file), dir.join("lpr.db"));
  const store = SqliteStore.open(dir.join("lpr.db"));
  const { records } = await store.list({ pageSize: 100 });
  expect(records.map(({ name, state }) => [name, state.status])).toEqual([
    ["running", "RUNNING"],
    ["failed", "FAILED"],
    ["succeeded", "SUCCEEDED"],
  ]);
  const [running, failed] = records;
  expect(running).toMatchObject({
    createdBy: "alice",
    command: "sleep",
    args: ["1000"],
    labels: { team: "a" },
    // Recorded only since later releases.
    ...{ output: "combined", isolated: false, user: "" },
  });
  expect(failed?.state).toMatchObject({ reason: "SIGNALED", exitCode: 137, signal: "SIGKILL" });
  expect(failed?.createdAt).toBeInstanceOf(Date);
  expect(await store.tenantUid("alice", { first: 70_000, last: 79_999 }, new Set())).toBe(70_000);
  await store.close();
});

test("a database of a newer LPR is refused and left as it is", () => {
  using dir = tempDir();
  const path = dir.join("lpr.db");
  const newer = new Database(path);
  newer.run(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  newer.close();
  expect(() => SqliteStore.open(path)).toThrow(`${path} has schema version ${SCHEMA_VERSION + 1}`);
  const database = new Database(path);
  expect(database.query("PRAGMA user_version").get()).toEqual({ user_version: SCHEMA_VERSION + 1 });
  expect(database.query("SELECT count(*) AS tables FROM sqlite_master").get()).toEqual({ tables: 0 });
  database.close();
});

test("what is not a database is refused with what to do, and kept", () => {
  using dir = tempDir();
  const path = dir.join("lpr.db");
  writeFileSync(path, "not a database, but long enough to be looked at. ".repeat(100));
  const before = readFileSync(path);
  let error: unknown;
  try {
    SqliteStore.open(path);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(JobError);
  expect(error).toMatchObject({ code: "HOST_UNSUPPORTED", hint: expect.stringContaining("from a backup") });
  expect(readFileSync(path)).toEqual(before);
});

test("a database that is damaged is named when it is read, with what to do", async () => {
  using dir = tempDir();
  const path = dir.join("lpr.db");
  copyFileSync(join(FIXTURES, `v${SCHEMA_VERSION}.db`), path);
  const bytes = readFileSync(path);
  // All but the page that holds the schema.
  writeFileSync(path, bytes.fill("x", 4096));
  const store = SqliteStore.open(path);
  const damaged = {
    code: "INTERNAL",
    message: expect.stringContaining(`${path} is damaged`),
    hint: expect.stringContaining("from a backup"),
  };
  expect(await errorOf(store.ids())).toMatchObject(damaged);
  expect(await errorOf(store.listUnfinished())).toMatchObject(damaged);
  await store.close();
});

test("the database is readable for its owner alone", async () => {
  using dir = tempDir();
  const path = dir.join("lpr.db");
  const store = SqliteStore.open(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await store.close();
  expect(existsSync(`${path}.v0`)).toBe(false);
});
