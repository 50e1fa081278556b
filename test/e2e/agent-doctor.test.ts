import { expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import type { Diagnosis } from "../../src/agent/doctor.ts";
import { LPR, outcomeOf } from "../helpers/binary.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const doctor = (...args: string[]) => outcomeOf([LPR, "agent", "doctor", ...args]);

test("the doctor exits 0 exactly when nothing is missing, and makes nothing in the state directory", async () => {
  using dir = tempDir();
  const { exitCode, stdout } = await doctor("--state-dir", dir.join("st"), "-o", "json");
  const { level, checks }: Diagnosis = JSON.parse(stdout);
  expect(exitCode).toBe(level === "limits" && checks.every(({ ok }) => ok) ? 0 : 1);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["cgroups", "account", "programs", "state directory", "openssl"]),
  );
  expect(existsSync(dir.join("st"))).toBe(false);
});

test("the table has a line for each thing that is missing, with what to do", async () => {
  using dir = tempDir();
  mkdirSync(dir.join("st"));
  chmodSync(dir.join("st"), 0o755);
  // A directory that is on no cgroup2 mount.
  const { exitCode, stdout } = await doctor("--cgroup-root", dir.path, "--state-dir", dir.join("st"));
  expect(exitCode).toBe(1);
  expect(stdout).toStartWith("Capability level: none\n");
  expect(stdout).toContain(`MISSING  cgroups: cgroup root ${dir.path} cannot be used`);
  expect(stdout).toContain(`         do: chmod 700 ${dir.join("st")}`);
  expect(stdout).toContain("setsid");
});
