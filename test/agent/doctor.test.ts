import { expect, test } from "bun:test";
import { chmodSync, mkdirSync } from "node:fs";
import { examine } from "../../src/agent/doctor.ts";
import { tempDir } from "../helpers/temp-dir.ts";

test("the doctor names what is missing, and what brings it", () => {
  using dir = tempDir();
  const { level, checks } = examine({
    cgroupRoot: dir.path,
    stateDir: dir.join("new", "state"),
    isRoot: false,
  });
  expect(level).toBe("none");
  const named = (name: string) => checks.filter((check) => check.name === name);
  expect(named("cgroups").every(({ ok }) => !ok)).toBe(true);
  expect(named("cgroups")[0]?.found).toContain(dir.path);
  expect(named("account")).toMatchObject([
    { ok: false, remedy: expect.stringContaining("--shared-account") },
  ]);
  expect(named("programs")).toMatchObject([{ ok: true, found: expect.stringContaining("setsid") }]);
  expect(named("state directory")).toMatchObject([{ ok: true }]);
  expect(named("logs")).toMatchObject([{ ok: true }]);
});

test("a file system whose files have no holes is named, with those that do", () => {
  const { checks } = examine({ cgroupRoot: undefined, stateDir: "/proc/lpr", isRoot: true });
  expect(checks.find(({ name }) => name === "logs")).toMatchObject({
    ...{ ok: false, found: expect.stringContaining("no hole can be punched in /proc") },
    remedy: expect.stringContaining("ext4"),
  });
});

test("a state directory that others can enter is named with the command that closes it", () => {
  using dir = tempDir();
  mkdirSync(dir.join("state"));
  chmodSync(dir.join("state"), 0o755);
  const { checks } = examine({ cgroupRoot: dir.path, stateDir: dir.join("state"), isRoot: true });
  expect(checks.find(({ name }) => name === "state directory")).toMatchObject({
    ok: false,
    remedy: `chmod 700 ${dir.join("state")}`,
  });
});
