import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type JobError, JobService } from "../../../src/job/index.ts";

export const ROOT = "/sys/fs/cgroup/LPR";
/** Outlives a boot. */
export const POWER_LOSS_DIR = "/disk/power-loss";

/** A service on the disk, at level "limits", that must not leave anything behind in the background. */
export async function openService(stateDir = mkdtempSync("/disk/service-")) {
  const errors: JobError[] = [];
  const jobs = await JobService.open({
    stateDir,
    cgroup: { mode: "required" },
    onBackgroundError: (error) => errors.push(error),
  });
  return {
    jobs,
    stateDir,
    [Symbol.asyncDispose]: async () => {
      await jobs.shutdown({ gracePeriodMs: 0 });
      assert.deepEqual(errors, []);
      assert.deepEqual(groups(), [], "every job's cgroup is removed");
    },
  };
}

/** Jobs' groups that there are now. */
export function groups(): string[] {
  if (!existsSync(ROOT)) return [];
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "lpr.supervisors")
    .map(({ name }) => name);
}

export async function outputOf(jobs: JobService, name: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const { output } of jobs.streamLogs({ name })) pieces.push(output);
  return Buffer.concat(pieces).toString();
}

/** Waits for text in the output. */
export async function untilOutput(jobs: JobService, name: string, text: string): Promise<string> {
  let seen = "";
  for await (const { output } of jobs.streamLogs({ name })) {
    seen += Buffer.from(output).toString();
    if (seen.includes(text)) return seen;
  }
  throw new Error(`job ${name} ended without ${JSON.stringify(text)}, but with ${JSON.stringify(seen)}`);
}

export function sh(name: string, script: string) {
  return { name, command: "/bin/sh", args: ["-c", script], env: ["PATH=/bin:/usr/bin"] };
}

/** Path of a file of the one job that a state directory holds. */
export function onlyJobDir(stateDir: string): string {
  const [id, ...others] = readdirSync(join(stateDir, "jobs"));
  assert.ok(id !== undefined && others.length === 0);
  return join(stateDir, "jobs", id);
}
