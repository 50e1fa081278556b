import type { JobError } from "./errors.ts";
import type {
  CallOptions,
  Capabilities,
  FinishedJob,
  GetInput,
  Job,
  ListInput,
  ListOutput,
  LogChunk,
  OwnedRunInput,
  OwnedStopInput,
  RunOutput,
  StopOutput,
  StreamLogsInput,
  WaitInput,
} from "./types.ts";

export interface JobServiceOptions {
  /** Where logs and exit records live; made with mode 0700. */
  readonly stateDir: string;
  readonly cgroup?: {
    /** `auto` uses what the host has, `required` refuses to open below level "limits". @default "auto" */
    readonly mode?: "auto" | "required" | "off" | undefined;
    /** Directory of the jobs' cgroups. @default LPR below the host's cgroup2 mount */
    readonly root?: string | undefined;
  };
  /** uids given to tenants by `runAs: "tenant"`, both ends included. @default 70000 to 79999 */
  readonly tenantUids?: { readonly first: number; readonly last: number };
  /** Hears of what fails in the background, where no caller can be told. */
  readonly onBackgroundError?: (error: JobError) => void;
}

/** Being written: the signatures are final. */
export declare class JobService implements AsyncDisposable {
  static open(options: JobServiceOptions): Promise<JobService>;
  readonly capabilities: Capabilities;
  readonly runningJobs: number;
  run(input: OwnedRunInput, options?: CallOptions): Promise<RunOutput>;
  get(input: GetInput, options?: CallOptions): Promise<Job>;
  list(input?: ListInput, options?: CallOptions): Promise<ListOutput>;
  /** Goes on when the caller goes away. Stopping a finished job returns its final state. */
  stop(input: OwnedStopInput, options?: CallOptions): Promise<StopOutput>;
  wait(input: WaitInput, options?: CallOptions): Promise<FinishedJob>;
  streamLogs(input: StreamLogsInput, options?: CallOptions): AsyncGenerator<LogChunk, void, undefined>;
  /** Stops every job gracefully, then closes. From its first step on `run` is refused with UNAVAILABLE. */
  shutdown(input?: {
    readonly gracePeriodMs?: number | undefined;
    readonly causedBy?: string | undefined;
  }): Promise<void>;
  /** Detaches: jobs keep running. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
