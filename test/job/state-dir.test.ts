import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { openStateDir } from "../../src/job/state-dir.ts";
import { openService } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

test("a new state directory is for its account alone", () => {
  using dir = tempDir();
  openStateDir(dir.join("a", "b"));
  for (const path of [dir.join("a"), dir.join("a", "b"), dir.join("a", "b", "jobs")]) {
    expect(statSync(path).mode & 0o777).toBe(0o700);
  }
});

test("one that others can enter is refused, and not changed", () => {
  using dir = tempDir();
  mkdirSync(dir.join("open"));
  chmodSync(dir.join("open"), 0o755);
  expect(() => openStateDir(dir.join("open"))).toThrow("must not be open to other accounts");
  expect(statSync(dir.join("open")).mode & 0o777).toBe(0o755);
});

test("one that cannot be made is refused with the reason", () => {
  expect(() => openStateDir("/proc/lpr")).toThrow(/cannot be made \(E/);
});

test("every file of a service is for its account alone, also one that was not before", async () => {
  using before = tempDir();
  writeFileSync(before.join("lock"), "");
  chmodSync(before.join("lock"), 0o644);
  chmodSync(before.path, 0o700);
  await using service = await openService({ stateDir: before.path });
  await service.jobs.run({ name: "foo", command: "true" });
  await service.jobs.wait({ name: "foo" });
  const entries = readdirSync(before.path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => (statSync(file).mode & 0o077) !== 0)).toEqual([]);
});
