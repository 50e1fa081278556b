import { readdirSync, rmSync } from "node:fs";
import { removeGroup } from "./cgroup/group.ts";
import { type Host, jobDirOf, jobsDir, superviseJob } from "./host.ts";
import { bootId, isAlive, type ProcessStat, readProcess } from "./processes.ts";
import type { RunningJob } from "./running-job.ts";
import { isStarted, type JobRecord, type StartedRecord } from "./store/store.ts";
import { readExitRecord } from "./supervisor/exit-record.ts";
import { giveUpStart, type Identity, readIdentity } from "./supervisor/identity.ts";
import { goneSupervisor, type Supervisor, watchSupervisor } from "./supervisor/supervisor.ts";
import { identifyGroup } from "./supervisor/tree.ts";
import type { Adopted } from "./types.ts";

export interface Adoption {
  /** Jobs to watch over, those whose end is yet to be recorded among them. */
  readonly jobs: readonly RunningJob[];
  readonly adopted: Adopted;
}

/**
 * Finds every job again that had not ended when its record was last written: still running, ended meanwhile
 * (its exit code was recorded by its supervisor), or lost. Nothing is started a second time.
 */
export async function adoptJobs(host: Host): Promise<Adoption> {
  const jobs: RunningJob[] = [];
  const adopted = { running: 0, ended: 0, lost: 0 };
  for (const record of await host.store.listUnfinished()) {
    const started = await resolveStart(host, record);
    if (!started) continue;
    const jobDir = jobDirOf(host, record.id);
    const { supervisor, alive } = findSupervisor(jobDir);
    adopted[readExitRecord(jobDir) !== undefined ? "ended" : alive ? "running" : "lost"]++;
    jobs.push(superviseJob(host, started, supervisor));
  }
  await sweepOrphans(host);
  return { jobs, adopted };
}

/** A start that the agent did not see through: either its shim has begun, and the job runs, or it never will. */
async function resolveStart(host: Host, record: JobRecord): Promise<StartedRecord | undefined> {
  if (isStarted(record)) return record;
  const jobDir = jobDirOf(host, record.id);
  if (giveUpStart(jobDir)) {
    if (record.cgroup) removeGroup(record.cgroup.dir);
    rmSync(jobDir, { recursive: true, force: true });
    await host.store.delete(record.id);
    return undefined;
  }
  const identity = readIdentity(jobDir);
  const pid = typeof identity === "object" ? (identity.jobPid ?? 0) : 0;
  // The agent that made the group had its root for itself, so the group of that name is still the job's.
  const cgroup = record.cgroup ? { cgroup: identifyGroup(record.cgroup.dir) } : {};
  const running = { state: { status: "RUNNING", pid } as const, ...cgroup };
  await host.store.update(record.id, running);
  return { ...record, ...running };
}

function findSupervisor(jobDir: string): { readonly supervisor: Supervisor; readonly alive: boolean } {
  const identity = readIdentity(jobDir);
  if (typeof identity !== "object" || identity.bootId !== bootId()) {
    return { supervisor: goneSupervisor(), alive: false };
  }
  const main = findMain(identity);
  return isAlive(identity.supervisor)
    ? { supervisor: watchSupervisor(jobDir, identity.supervisor, main), alive: true }
    : { supervisor: { ...goneSupervisor(), main }, alive: false };
}

/** The job's main process: believed only as a child of the supervisor that named it. */
function findMain({ supervisor, jobPid }: Identity): ProcessStat | undefined {
  const main = jobPid === undefined ? undefined : readProcess(jobPid);
  return main?.parent === supervisor.pid && isAlive(supervisor) ? main : undefined;
}

/** Directories without a record: a removal, or a roll-back, that the agent did not see through. */
async function sweepOrphans(host: Host): Promise<void> {
  const known = await host.store.ids();
  for (const id of readdirSync(jobsDir(host))) {
    if (known.has(id)) continue;
    const identity = readIdentity(jobDirOf(host, id));
    // Not ours to forget while something still writes to it; kept jobs of a store in memory, for instance.
    if (typeof identity === "object" && identity.bootId === bootId() && isAlive(identity.supervisor))
      continue;
    rmSync(jobDirOf(host, id), { recursive: true, force: true });
  }
}
