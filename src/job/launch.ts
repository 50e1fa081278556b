import { rmSync } from "node:fs";
import { join } from "node:path";
import { createGroup, removeGroup } from "./cgroup/group.ts";
import { type Host, jobDirOf, superviseJob } from "./host.ts";
import type { RunningJob } from "./running-job.ts";
import { jobEnvironment } from "./supervisor/environment.ts";
import { startSupervisor } from "./supervisor/start.ts";
import { identifyGroup, markOf } from "./supervisor/tree.ts";
import type { Account, OwnedRunInput } from "./types.ts";

export interface LaunchInput extends Omit<OwnedRunInput, "runAs"> {
  readonly id: string;
  /** Undefined keeps the account of this process. */
  readonly account: Account | undefined;
}

/**
 * Reserves the name, makes directory and cgroup, starts the supervisor. Resolves when the command is about to be
 * executed; what fails before rolls everything back and frees the name. An agent that dies in between leaves a
 * record that says STARTING, which adoption resolves.
 */
export async function launch(host: Host, input: LaunchInput): Promise<RunningJob> {
  const {
    id,
    account,
    name,
    command,
    args = [],
    env = [],
    workingDir = "/",
    createdBy = "",
    timeoutMs,
  } = input;
  const jobDir = jobDirOf(host, id);
  const createdAt = new Date();
  const reserved = {
    ...{ id, name, createdBy, command, args, workingDir, createdAt, startedAt: createdAt },
    ...(timeoutMs === undefined ? {} : { timeoutAt: new Date(createdAt.getTime() + timeoutMs) }),
  };
  await using undo = new AsyncDisposableStack();
  const cgroupDir = host.cgroups.root === undefined ? undefined : join(host.cgroups.root, name);
  const planned = cgroupDir === undefined ? {} : { cgroup: { dir: cgroupDir } };
  await host.store.insert({ ...reserved, ...planned, state: { status: "STARTING" } });
  undo.defer(() => host.store.delete(id));
  undo.defer(() => rmSync(jobDir, { recursive: true, force: true }));
  if (cgroupDir !== undefined) {
    createGroup(cgroupDir);
    undo.defer(() => void removeGroup(cgroupDir));
  }
  const cgroup = cgroupDir === undefined ? {} : { cgroup: identifyGroup(cgroupDir) };
  const own = { LPR_JOB_NAME: name, ...(cgroupDir === undefined ? Object.fromEntries([markOf(id)]) : {}) };
  const supervisor = await startSupervisor({
    ...{ jobDir, cgroupDir, command, args, workingDir, account, shim: host.shim, tools: host.tools },
    env: jobEnvironment(account ?? host.account, own, env),
  });
  undo.move();
  const state = { status: "RUNNING", pid: supervisor.main.pid } as const;
  const running = { state, startedAt: new Date(), ...cgroup };
  const job = superviseJob(host, { ...reserved, ...running }, supervisor);
  try {
    await host.store.update(id, running);
  } catch (error) {
    // A job that cannot be recorded must not run on, unknown to everybody.
    await job.stop({ reason: "STOPPED", causedBy: "", gracePeriodMs: 0 }).catch(() => undefined);
    throw error;
  }
  return job;
}
