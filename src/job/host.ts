import { join } from "node:path";
import type { Auditor } from "./audit/auditor.ts";
import type { Detected } from "./cgroup/detect.ts";
import type { DiskSpace } from "./disk-space.ts";
import { JobError } from "./errors.ts";
import type { Lease } from "./lease.ts";
import { JobLog, type SizeCap } from "./logs/job-log.ts";
import type { HolePunching } from "./logs/punch.ts";
import type { LogSampler } from "./logs/sampler.ts";
import { RunningJob } from "./running-job.ts";
import type { JobStore, RecordChange, StartedRecord } from "./store/store.ts";
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
  /** The cgroup that supervisors live in, where there are cgroups. */
  readonly supervisors: string | undefined;
  readonly tools: Tools;
  readonly holes: HolePunching;
  readonly sampler: LogSampler;
  readonly disk: DiskSpace;
  readonly lease: Lease;
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

/** Watches over a job whose supervisor is there, or was. */
export function superviseJob(host: Host, record: StartedRecord, supervisor: Supervisor): RunningJob {
  const { id, name, cgroup } = record;
  const jobDir = jobDirOf(host, id);
  // A job that has filled the disk with its output shall end all the same.
  const save = (change: RecordChange) => host.disk.insist(() => host.store.update(id, change));
  const report = (what: string, cause?: unknown) =>
    host.onBackgroundError(new JobError("INTERNAL", `job ${name}: ${what}`, { cause }));
  const { output, maxLogBytes } = record;
  const flush = () => host.store.flush();
  const saveNow = async (change: RecordChange) => {
    await save(change);
    await flush();
  };
  const cap = capOf(maxLogBytes, host.holes, report);
  return new RunningJob({
    ...{ record, supervisor, jobDir, save, report },
    log: new JobLog({ jobDir, output, record, cap, save: saveNow, report, sampler: host.sampler }),
    tree: cgroup ? cgroupTree(cgroup) : sessionTree(supervisor.main, id),
    flush,
    closed: host.closed,
  });
}

/** A job that was started when its log could be bounded runs on where that is so no more. */
function capOf(
  maxBytes: number | undefined,
  holes: HolePunching,
  report: (what: string) => void,
): SizeCap | undefined {
  if (maxBytes === undefined) return undefined;
  if ("punch" in holes) return { maxBytes, punch: holes.punch };
  report(`its log is not bounded any more: ${holes.missing}`);
  return undefined;
}
