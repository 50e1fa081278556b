import type { AuditEntry, AuditRetention } from "./audit/types.ts";
import type { CgroupMode } from "./cgroup/detect.ts";
import type { LimitPolicy } from "./cgroup/policy.ts";
import type { JobError } from "./errors.ts";
import type { LogPolicy } from "./logs/policy.ts";
import type { Retention } from "./retention.ts";
import type { UidRange } from "./store/store.ts";

export interface JobServiceOptions {
  /** Where logs, exit records and the database live; made with mode 0700. One service at a time. */
  readonly stateDir: string;
  readonly cgroup?: {
    /** `auto` uses what the host has, `required` refuses to open below level "limits". @default "auto" */
    readonly mode?: CgroupMode | undefined;
    /** Directory of the jobs' cgroups. One service at a time. @default LPR below the host's cgroup2 mount */
    readonly root?: string | undefined;
  };
  /** `memory` forgets all records with the process. @default "sqlite", in `stateDir` */
  readonly store?: "sqlite" | "memory" | undefined;
  /** uids given to tenants by `runAs: "tenant"`, both ends included. @default 70000 to 79999 */
  readonly tenantUids?: UidRange | undefined;
  /** Limits for jobs that ask for none, and the most that they may ask for. @default none */
  readonly limits?: LimitPolicy | undefined;
  /** Time after which any job is stopped, in milliseconds; a job may ask for less. @default none */
  readonly globalTimeoutMs?: number | undefined;
  /** Jobs that one tenant may have running at a time. @default as many as the host bears */
  readonly maxRunningPerTenant?: number | undefined;
  readonly retention?: Retention | undefined;
  /** How much output is kept. */
  readonly logs?: LogPolicy | undefined;
  readonly auditRetention?: AuditRetention | undefined;
  /** Hears of every entry of the audit log, in their order, when it has been written: to keep a copy elsewhere. */
  readonly onAudited?: ((entry: AuditEntry) => void) | undefined;
  /** Hears of what fails in the background, where no caller can be told. */
  readonly onBackgroundError?: ((error: JobError) => void) | undefined;
}

/** What may change while a service runs: for jobs that start from then on, and for all that have ended. */
export type JobPolicy = Pick<JobServiceOptions, "limits" | "globalTimeoutMs" | "retention">;
