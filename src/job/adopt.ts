import { readdirSync, rmSync } from "node:fs";
import { processesIn, thawGroup } from "./cgroup/group.ts";
import { moveOut } from "./cgroup/supervisors.ts";
import { type Host, jobDirOf, jobsDir, superviseJob } from "./host.ts";
import { bootId, descendsFrom, isAlive, type ProcessStat, readProcess } from "./processes.ts";
import type { RunningJob } from "./running-job.ts";
import { isStarted, type JobRecord, type StartedRecord } from "./store/store.ts";
import { readExitRecord } from "./supervisor/exit-record.ts";
import { giveUpStart, type Identity, readIdentity } from "./supervisor/identity.ts";
import { goneSupervisor, type Supervisor, watchSupervisor } from "./supervisor/supervisor.ts";
import { type GroupIdentity, identifyGroup } from "./supervisor/tree.ts";
import { tolerate } from "./tolerate.ts";
import type { Adopted } from "./types.ts";
import { undoStart } from "./undo-start.ts";

/** A start that was under way when its agent died has come to its end after this time, in milliseconds. */
const START_PATIENCE_MS = 5_000;

/** A UUID. */
const JOB_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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
    const { name, cgroup } = started;
    const jobDir = jobDirOf(host, record.id);
    const attempt = <T>(what: string, action: () => T) =>
      tolerate(`job ${name}: ${what}`, host.onBackgroundError, action);
    const identity = await attempt("who its supervisor is cannot be read", () => readIdentity(jobDir));
    const { supervisor, alive } = findSupervisor(jobDir, identity);
    await attempt("its supervisor cannot be moved out of its cgroup", () =>
      moveSupervisorOut(host, identity, cgroup),
    );
    // The agent may have died while it signalled a frozen group.
    await attempt("its cgroup cannot be thawed", () => cgroup && thawGroup(cgroup.dir));
    const exitCode = await attempt("its exit record cannot be read", () => readExitRecord(jobDir));
    adopted[exitCode !== undefined ? "ended" : alive ? "running" : "lost"]++;
    jobs.push(superviseJob(host, started, supervisor));
  }
  await sweepOrphans(host);
  return { jobs, adopted };
}

/** A start that the agent did not see through: either the command was executed, or the start is undone. */
async function resolveStart(host: Host, record: JobRecord): Promise<StartedRecord | undefined> {
  if (isStarted(record)) return record;
  // The host went down: whether the start had been answered nobody knows, so it may be one that somebody relies on.
  if (record.bootId !== undefined && record.bootId !== bootId()) return recordStart(host, record, { pid: 0 });
  const jobDir = jobDirOf(host, record.id);
  // The agent that made the group had its root for itself, so the group of that name is still the job's.
  const cgroup = record.cgroup ? identifyGroup(record.cgroup.dir) : undefined;
  // Where that cannot be known the start is undone: nobody was told of it.
  const what = `job ${record.name}: whether it was started cannot be read`;
  const identity = await tolerate(what, host.onBackgroundError, () => whoStarted(jobDir));
  if (identity === undefined) {
    await undoStart(host, record, cgroup);
    return undefined;
  }
  return recordStart(host, record, { pid: identity.jobPid ?? 0, cgroup });
}

async function recordStart(
  host: Host,
  record: JobRecord,
  { pid, cgroup }: { readonly pid: number; readonly cgroup?: GroupIdentity | undefined },
): Promise<StartedRecord> {
  const running = { state: { status: "RUNNING", pid } as const, ...(cgroup ? { cgroup } : {}) };
  await host.disk.insist(() => host.store.update(record.id, running));
  return { ...record, ...running };
}

/** What the shim says once the command has been executed; undefined when it never will be. */
async function whoStarted(jobDir: string): Promise<Identity | undefined> {
  if (giveUpStart(jobDir)) return undefined;
  for (const deadline = Date.now() + START_PATIENCE_MS; ; ) {
    const identity = readIdentity(jobDir);
    if (typeof identity === "object" && identity.started) return identity;
    // A shim that is just writing who it is has not got far: its agent is gone, so it ends by itself.
    const alive = identity === undefined || (typeof identity === "object" && isAliveSinceBoot(identity));
    if (!alive || Date.now() > deadline) return undefined;
    await Bun.sleep(10);
  }
}

function isAliveSinceBoot(identity: Identity): boolean {
  return identity.bootId === bootId() && isAlive(identity.supervisor);
}

function findSupervisor(
  jobDir: string,
  identity: ReturnType<typeof readIdentity>,
): { readonly supervisor: Supervisor; readonly alive: boolean } {
  if (typeof identity !== "object" || identity.bootId !== bootId()) {
    return { supervisor: goneSupervisor(), alive: false };
  }
  const main = findMain(identity);
  return isAlive(identity.supervisor)
    ? { supervisor: watchSupervisor(jobDir, identity.supervisor, main), alive: true }
    : { supervisor: { ...goneSupervisor(), main }, alive: false };
}

/** The agent may have died before it did. */
function moveSupervisorOut(
  { supervisors }: Host,
  identity: ReturnType<typeof readIdentity>,
  cgroup: GroupIdentity | undefined,
): void {
  if (cgroup === undefined || supervisors === undefined || typeof identity !== "object") return;
  if (processesIn(cgroup.dir).includes(identity.supervisor.pid)) moveOut(identity.supervisor, supervisors);
}

/** The job's main process: believed only as a descendant of the supervisor that named it. */
function findMain({ supervisor, jobPid }: Identity): ProcessStat | undefined {
  const main = jobPid === undefined ? undefined : readProcess(jobPid);
  return main && descendsFrom(main, supervisor.pid) && isAlive(supervisor) ? main : undefined;
}

/** Directories without a record: a removal, or a roll-back, that the agent did not see through. */
async function sweepOrphans(host: Host): Promise<void> {
  const known = await host.store.ids();
  for (const id of readdirSync(jobsDir(host))) {
    // What has no job's name is somebody else's: "lost+found", or a note.
    if (known.has(id) || !JOB_ID.test(id)) continue;
    const what = `the directory of job ${id}, which is not on record, cannot be removed`;
    await tolerate(what, host.onBackgroundError, () => {
      const identity = readIdentity(jobDirOf(host, id));
      // Not ours to forget while something still writes to it; kept jobs of a store in memory, for instance.
      if (typeof identity === "object" && isAliveSinceBoot(identity)) return;
      rmSync(jobDirOf(host, id), { recursive: true, force: true });
    });
  }
}
