import { rmSync } from "node:fs";
import { join } from "node:path";
import { applyLimits } from "./cgroup/apply.ts";
import { requireLimits } from "./cgroup/detect.ts";
import { createGroup, removeGroup } from "./cgroup/group.ts";
import type { Limits } from "./cgroup/limits.ts";
import { type Host, jobDirOf, jobsDir, superviseJob } from "./host.ts";
import type { RunningJob } from "./running-job.ts";
import type { JobRequest, StartedRecord } from "./store/store.ts";
import { jobEnvironment } from "./supervisor/environment.ts";
import { startSupervisor } from "./supervisor/start.ts";
import { identifyGroup, markOf } from "./supervisor/tree.ts";
import type { Account, RunInput } from "./types.ts";

export interface LaunchInput extends Omit<RunInput, "requestId"> {
  readonly id: string;
  readonly name: string;
  readonly createdBy: string;
  /** Undefined keeps the account of this process. */
  readonly account: Account | undefined;
  readonly request: JobRequest | undefined;
  readonly limits: Limits;
}

/** A job that runs, and its record; of a dry run undefined. */
export type Launched = { readonly job: RunningJob; readonly record: StartedRecord } | undefined;

/**
 * Reserves the name, makes directory and cgroup with its limits, starts the supervisor. Resolves when the command
 * is about to be executed; what fails before rolls everything back and frees the name. An agent that dies in
 * between leaves a record that says STARTING, which adoption resolves.
 */
export async function launch(host: Host, input: LaunchInput): Promise<Launched> {
  const { id, account, name, command, args = [], env = [], workingDir = "/", dryRun } = input;
  const { labels = {}, killMode = "main", createdBy, timeoutMs, request, limits } = input;
  requireLimits(host.cgroups, limits);
  const jobDir = jobDirOf(host, id);
  const createdAt = new Date();
  const reserved = {
    ...{ id, name, createdBy, command, args, workingDir, labels, killMode, createdAt, startedAt: createdAt },
    ...{ limits, limitsInEffect: {} },
    ...(timeoutMs === undefined ? {} : { timeoutAt: new Date(createdAt.getTime() + timeoutMs) }),
    ...(request === undefined || dryRun ? {} : { request }),
  };
  const cgroupDir = host.cgroups.root === undefined ? undefined : join(host.cgroups.root, name);
  const planned = cgroupDir === undefined ? {} : { cgroup: { dir: cgroupDir } };
  await using undo = new AsyncDisposableStack();
  await host.store.insert({ ...reserved, ...planned, state: { status: "STARTING" } });
  undo.defer(() => host.store.delete(id));
  undo.defer(() => rmSync(jobDir, { recursive: true, force: true }));
  if (cgroupDir !== undefined) {
    createGroup(cgroupDir);
    undo.defer(() => void removeGroup(cgroupDir));
  }
  const limitsInEffect =
    cgroupDir === undefined
      ? { ...(limits.openFiles === undefined ? {} : { openFiles: limits.openFiles }) }
      : applyLimits(cgroupDir, limits, jobsDir(host));
  const cgroup = cgroupDir === undefined ? {} : { cgroup: identifyGroup(cgroupDir) };
  const own = { LPR_JOB_NAME: name, ...(cgroupDir === undefined ? Object.fromEntries([markOf(id)]) : {}) };
  const supervisor = await startSupervisor({
    ...{ jobDir, cgroupDir, command, args, workingDir, account, shim: host.shim, tools: host.tools },
    ...{ dryRun, openFiles: limits.openFiles },
    env: jobEnvironment(account ?? host.account, own, env),
  });
  if (dryRun) {
    await supervisor.exited;
    return undefined;
  }
  undo.move();
  const state = { status: "RUNNING", pid: supervisor.main.pid } as const;
  const running = { state, limitsInEffect, startedAt: new Date(), ...cgroup };
  const record = { ...reserved, ...running };
  const job = superviseJob(host, record, supervisor);
  try {
    await host.store.update(id, running);
  } catch (error) {
    // A job that cannot be recorded must not run on, unknown to everybody.
    await job.stop({ reason: "STOPPED", causedBy: "", gracePeriodMs: 0 }).catch(() => undefined);
    throw error;
  }
  return { job, record };
}
