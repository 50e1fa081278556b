import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, statSync } from "node:fs";
import { openStateDir } from "../../src/job/state-dir.ts";
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
