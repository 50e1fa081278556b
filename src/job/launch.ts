import { existsSync } from "node:fs";
import { join } from "node:path";
import { noteOf } from "./audit/note.ts";
import type { AuditOrder } from "./audit/types.ts";
import { applyLimits } from "./cgroup/apply.ts";
import { requireLimits } from "./cgroup/detect.ts";
import { createGroup } from "./cgroup/group.ts";
import type { Limits } from "./cgroup/limits.ts";
import { openFilesInEffect } from "./cgroup/open-files.ts";
import { JobError } from "./errors.ts";
import { type Host, jobDirOf, jobsDir } from "./host.ts";
import { bootId } from "./processes.ts";
import type { JobRequest, RecordChange, StartedRecord } from "./store/store.ts";
import { jobEnvironment } from "./supervisor/environment.ts";
import { startSupervisor } from "./supervisor/start.ts";
import type { Supervisor } from "./supervisor/supervisor.ts";
import { type GroupIdentity, identifyGroup, markOf } from "./supervisor/tree.ts";
import type { Account, RunInput } from "./types.ts";
import { undoStart } from "./undo-start.ts";

export interface LaunchInput extends Omit<RunInput, "requestId"> {
  readonly id: string;
  readonly name: string;
  readonly createdBy: string;
  /** The same, unless nothing but a dry run is to be seen of it. */
  readonly askedName: string;
  readonly audit?: AuditOrder | undefined;
  readonly leased?: boolean | undefined;
  /** Undefined keeps the account of this process. */
  readonly account: Account | undefined;
  readonly request: JobRequest | undefined;
  readonly limits: Limits;
  /** Gives the start up. */
  readonly signal: AbortSignal;
}

/** A command that is being executed, and its record; of a dry run undefined. */
export type Launched =
  | {
      readonly supervisor: Supervisor;
      readonly record: StartedRecord;
      /** What is to be put on record of it. */
      readonly running: RecordChange;
    }
  | undefined;

/**
 * Reserves the name, makes directory and cgroup with its limits, starts the supervisor. Resolves when the command
 * is about to be executed; what fails before is undone and frees the name. An agent that dies in between leaves a
 * record that says STARTING, which adoption resolves.
 */
export async function launch(host: Host, input: LaunchInput): Promise<Launched> {
  const { id, account, name, command, args = [], env = [], workingDir = "/", dryRun } = input;
  const { labels = {}, killMode = "main", output = "combined", maxLogBytes } = input;
  const { isolate = false, createdBy, timeoutMs, request, limits } = input;
  requireLimits(host.cgroups, limits);
  if (input.leased) requireLease(host);
  const jobDir = jobDirOf(host, id);
  const createdAt = new Date();
  const reserved = {
    ...{ id, name, createdBy, command, args, workingDir, labels, killMode, createdAt, startedAt: createdAt },
    ...{ output, ...(maxLogBytes === undefined ? {} : { maxLogBytes }), limits, limitsInEffect: {} },
    ...{ isolated: isolate, user: (account ?? host.account).name, bootId: bootId() },
    ...(timeoutMs === undefined ? {} : { timeoutAt: new Date(createdAt.getTime() + timeoutMs) }),
    ...(request === undefined || dryRun ? {} : { request }),
  };
  const cgroupDir = host.cgroups.root === undefined ? undefined : join(host.cgroups.root, name);
  const planned = cgroupDir === undefined ? {} : { cgroup: { dir: cgroupDir } };
  const note = input.audit && noteOf(input.audit, { id: dryRun ? "" : id, name: input.askedName });
  host.auditor.recorded(
    await host.store.insert({ ...reserved, ...planned, state: { status: "STARTING" } }, note),
  );
  let onDisk: Promise<void> | undefined;
  // While the shell comes to its start; not sooner, as making files waits for a disk that is being synced.
  const onFilesMade = () => {
    onDisk = host.store.flush();
    onDisk.catch(() => undefined);
  };
  let group: GroupIdentity | undefined;
  try {
    if (cgroupDir !== undefined) {
      createGroup(cgroupDir);
      group = identifyGroup(cgroupDir);
    }
    const ofGroup = cgroupDir === undefined ? {} : applyLimits(cgroupDir, limits, jobsDir(host));
    const own = { LPR_JOB_NAME: name, ...(cgroupDir === undefined ? Object.fromEntries([markOf(id)]) : {}) };
    const cgroup =
      cgroupDir === undefined || host.supervisors === undefined
        ? undefined
        : {
            ...{ dir: cgroupDir, supervisors: host.supervisors },
            supervisorInside: supervisorMayBeInside(cgroupDir, input),
          };
    const supervisor = await startSupervisor({
      ...{ jobDir, cgroup, command, args, workingDir, output, account, shim: host.shim },
      ...{ tools: host.tools, dryRun, isolate, openFiles: limits.openFiles, signal: input.signal },
      ...(dryRun ? {} : { onFilesMade }),
      ...(input.leased ? { lease: host.lease.path } : {}),
      env: jobEnvironment(account ?? host.account, own, env),
    });
    if (!dryRun) {
      // Nobody is told of a start that is not on the disk.
      await onDisk;
      const { pid } = supervisor.main;
      const limitsInEffect =
        limits.openFiles === undefined
          ? ofGroup
          : { ...ofGroup, openFiles: openFilesInEffect(pid, limits.openFiles) };
      const state = { status: "RUNNING", pid } as const;
      const running = { state, limitsInEffect, startedAt: new Date(), ...(group ? { cgroup: group } : {}) };
      return { supervisor, running, record: { ...reserved, ...running } };
    }
    await supervisor.exited;
  } catch (error) {
    await undoStart(host, reserved, group);
    throw error;
  }
  await undoStart(host, reserved, group);
  return undefined;
}

/**
 * It would count against these limits, and be killed with a job that is out of memory; and a job's namespaces begin
 * outside its cgroup. Before Linux 5.14 nobody can kill a group that he is in.
 */
function supervisorMayBeInside(cgroupDir: string, { limits, isolate, leased }: LaunchInput): boolean {
  // What watches over a lease is a child of the supervisor, and must not be killed with the job.
  if (limits.pids !== undefined || limits.memoryBytes !== undefined || isolate || leased) return false;
  return existsSync(join(cgroupDir, "cgroup.kill"));
}

/** @throws JobError HOST_UNSUPPORTED, UNAVAILABLE */
function requireLease({ cgroups, lease }: Host): void {
  lease.require();
  // The group as a whole, by whoever is left to do it: a process group can be left.
  if (cgroups.root !== undefined && existsSync(join(cgroups.root, "cgroup.kill"))) return;
  throw new JobError(
    "HOST_UNSUPPORTED",
    "a job that is leased needs a cgroup2 mount with cgroup.kill (Linux 5.14)",
    {
      hint: "lpr agent doctor says what this host has",
    },
  );
}
