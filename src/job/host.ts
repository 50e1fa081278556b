import { join } from "node:path";
import type { Auditor } from "./audit/auditor.ts";
import type { Detected } from "./cgroup/detect.ts";
import type { JobError } from "./errors.ts";
import { RunningJob } from "./running-job.ts";
import type { JobStore, StartedRecord } from "./store/store.ts";
import type { Supervisor } from "./supervisor/supervisor.ts";
import type { Tools } from "./supervisor/tools.ts";
import { cgroupTree, sessionTree } from "./supervisor/tree.ts";
import type { Account } from "./types.ts";

/** What starting, adopting and removing jobs need of the host and of the service that does it. */
export interface Host {
  readonly stateDir: string;
  readonly store: JobStore;
  readonly auditor: Auditor;
  readonly cgroups: Detected;
  readonly tools: Tools;
  /** Path of the shim on disk. */
  readonly shim: string;
  /** The account of this process. */
  readonly account: Account;
  readonly onBackgroundError: (error: JobError) => void;
  /** Aborted when the service has closed its store. */
  readonly closed: AbortSignal;
}

export function jobsDir({ stateDir }: Pick<Host, "stateDir">): string {
  return join(stateDir, "jobs");
}

export function jobDirOf(host: Pick<Host, "stateDir">, id: string): string {
  return join(jobsDir(host), id);
}

export function logPathOf(host: Pick<Host, "stateDir">, id: string): string {
  return join(jobDirOf(host, id), "output.log");
}

/** Watches over a job whose supervisor is there, or was. */
export function superviseJob(host: Host, record: StartedRecord, supervisor: Supervisor): RunningJob {
  const { id, cgroup } = record;
  return new RunningJob({
    record,
    supervisor,
    jobDir: jobDirOf(host, id),
    logPath: logPathOf(host, id),
    tree: cgroup ? cgroupTree(cgroup) : sessionTree(supervisor.main, id),
    save: (change) => host.store.update(id, change),
    flush: () => host.store.flush(),
    onBackgroundError: host.onBackgroundError,
    closed: host.closed,
  });
}
