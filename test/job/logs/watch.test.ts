import { expect, jest, test } from "bun:test";
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { LogWatch } from "../../../src/job/logs/watch.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

test.each([
  ["written to", (log: string) => appendFileSync(log, "b")],
  ["cut", (log: string) => truncateSync(log)],
  ["removed", (log: string) => rmSync(log)],
  ["replaced", (log: string) => renameSync(`${log}.new`, log)],
])("readers of a log that is %s are woken, also when no event tells of it, and not before", (_, change) => {
  jest.useFakeTimers();
  using _real = { [Symbol.dispose]: () => jest.useRealTimers() };
  using dir = tempDir();
  const log = dir.join("output.log");
  for (const path of [log, `${log}.new`]) writeFileSync(path, "a");
  const watch = new LogWatch([log]);
  using _open = watch.open();
  const before = watch.version;
  jest.advanceTimersByTime(10_000);
  expect(watch.version).toBe(before);
  // Events wait for this thread, which does not wait for them here.
  change(log);
  jest.advanceTimersByTime(200);
  expect(watch.version).toBe(before + 1);
  jest.advanceTimersByTime(10_000);
  expect(watch.version).toBe(before + 1);
});
