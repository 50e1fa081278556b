import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownAccount } from "../../../src/job/accounts.ts";
import { applyLimits } from "../../../src/job/cgroup/apply.ts";
import { detectCgroups } from "../../../src/job/cgroup/detect.ts";
import { createGroup, isPopulated, killGroup, removeGroup } from "../../../src/job/cgroup/group.ts";
import type { Limits } from "../../../src/job/cgroup/limits.ts";
import { readUsage, type Usage } from "../../../src/job/cgroup/usage.ts";
import { jobEnvironment } from "../../../src/job/supervisor/environment.ts";
import { readExitRecord } from "../../../src/job/supervisor/exit-record.ts";
import { installShim } from "../../../src/job/supervisor/shim.ts";
import { startSupervisor } from "../../../src/job/supervisor/start.ts";
import { findTools } from "../../../src/job/supervisor/tools.ts";
import { until } from "../../helpers/until.ts";

export interface Outcome {
  readonly inEffect: Limits;
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly usage: Usage | undefined;
  /** Time from start to end, in milliseconds. */
  readonly tookMs: number;
}

/** Runs a script under limits to its end, on the disk; $GROUP is its cgroup. */
export async function runLimited(script: string, limits: Limits): Promise<Outcome> {
  const { root = "" } = detectCgroups({ mode: "required" });
  const stateDir = mkdtempSync("/disk/limited-");
  const jobDir = join(stateDir, "job");
  const group = join(root, "limited");
  createGroup(group);
  try {
    const inEffect = applyLimits(group, limits, stateDir);
    const started = performance.now();
    const supervisor = await startSupervisor({
      ...{ jobDir, cgroupDir: group, command: "/bin/sh", args: ["-c", script], workingDir: "/" },
      ...{ shim: installShim(stateDir), tools: findTools(), account: undefined },
      env: jobEnvironment(ownAccount(), {}, ["PATH=/bin:/usr/bin", `GROUP=${group}`]),
    });
    await supervisor.exited;
    const tookMs = performance.now() - started;
    await until(() => !isPopulated(group), "the group is empty");
    const output = readFileSync(join(jobDir, "output.log"), "utf8");
    return { inEffect, exitCode: readExitRecord(jobDir), output, usage: readUsage(group), tookMs };
  } finally {
    killGroup(group);
    await until(() => !isPopulated(group), "the group is empty");
    removeGroup(group);
  }
}
