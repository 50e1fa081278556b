/** The words of the library. The client and the wire use the same ones. */

export const STATUSES = ["RUNNING", "FAILED", "SUCCEEDED"] as const;
/** How a job is doing. Exit code 0 is `SUCCEEDED`, every other end `FAILED`. */
export type Status = (typeof STATUSES)[number];

/** Why a job ended with an exit code. */
export type ExitReason = "EXITED" | "SIGNALED" | "STOPPED" | "TIMED_OUT" | "OOM_KILLED";
/** Why a job ended without one: it never started, or how it ended is not known. */
export type LostReason = "START_FAILED" | "LOST";
export type Reason = ExitReason | LostReason;

/** Who or what had a job end, and the signal it died of. */
interface EndDetails {
  readonly finishedAt: Date;
  /** Tenant that had the job stopped, where somebody did. */
  readonly causedBy?: string;
}

export type JobState =
  | {
      readonly status: "RUNNING";
      /** Process id of the main process. */
      readonly pid: number;
    }
  | (EndDetails & { readonly status: "SUCCEEDED"; readonly reason: ExitReason; readonly exitCode: 0 })
  | (EndDetails & {
      readonly status: "FAILED";
      readonly reason: ExitReason;
      /** 1 to 255; 128+n when signal n killed it. */
      readonly exitCode: number;
      /** Name of that signal, "SIGKILL" for instance. */
      readonly signal?: string;
    })
  | (EndDetails & { readonly status: "FAILED"; readonly reason: LostReason });

export type FinishedState = Exclude<JobState, { status: "RUNNING" }>;

/** What is known of one job. */
export interface Job {
  /** Unique for ever, where a name may be given again. */
  readonly id: string;
  readonly name: string;
  /** Tenant that started it. */
  readonly createdBy: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly workingDir: string;
  readonly createdAt: Date;
  readonly startedAt: Date;
  readonly state: JobState;
  /** Bytes of output so far. */
  readonly logBytes: number;
}

export type FinishedJob = Job & { readonly state: FinishedState };

/** Cancels a call. What the call had already set going goes on, unless the method says otherwise. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface RunInput {
  /** 1 to 63 of `A-Z a-z 0-9 _ -`, neither first nor last of them `_` or `-`: it becomes a cgroup's name. */
  readonly name: string;
  /** Path of the command, or a name to look up in the job's PATH. */
  readonly command: string;
  /** @default [] */
  readonly args?: readonly string[] | undefined;
  /** Entries of the form `NAME=value`; of two with one name the last counts. @default [] */
  readonly env?: readonly string[] | undefined;
  /** Absolute path of the directory the command starts in. @default "/" */
  readonly workingDir?: string | undefined;
  /** The job is stopped after this time, in milliseconds, 1 to 31_536_000_000 (a year). @default none */
  readonly timeoutMs?: number | undefined;
}

/** A user of the host, as in passwd(5). */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  /** Home directory, the job's HOME. */
  readonly home: string;
  readonly shell: string;
}

/** What a program that serves others adds to their input. */
export interface OwnedRunInput extends RunInput {
  /** Tenant the job belongs to. @default "" */
  readonly createdBy?: string | undefined;
  /**
   * Account of the job's processes; "tenant" is a uid of the creator's own, from the range of the service.
   * Other than the default it needs root. @default the account of the service itself
   */
  readonly runAs?: Account | "tenant" | undefined;
}

export interface RunOutput {
  readonly name: string;
  readonly id: string;
}

/** Which job: by name, and where it must not be another one of that name, also by id. */
export interface JobSelector {
  readonly name: string;
  /** Only the job with this id; another job of that name is JOB_NOT_FOUND. */
  readonly jobId?: string | undefined;
}

export type GetInput = JobSelector;
export type WaitInput = JobSelector;
export type RemoveInput = JobSelector;

export interface ListInput {
  /** @default all */
  readonly statuses?: readonly Status[] | undefined;
  /** Only jobs of this tenant. @default all */
  readonly createdBy?: string | undefined;
  /** 1 to 100. @default 100 */
  readonly pageSize?: number | undefined;
  /** `nextPageToken` of the page before. @default the first page */
  readonly pageToken?: string | undefined;
}

export interface ListOutput {
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
}

export interface StopInput extends JobSelector {
  /** Time between SIGTERM and SIGKILL, in milliseconds, 0 (killed at once) to 86_400_000. @default 10_000 */
  readonly gracePeriodMs?: number | undefined;
}

/** What a program that serves others adds to their input. */
export interface OwnedStopInput extends StopInput {
  /** Tenant who asks; kept with the job. @default "" */
  readonly causedBy?: string | undefined;
}

export interface StopOutput {
  readonly status: Status;
  /** Absent where the job has none (LOST, START_FAILED). */
  readonly exitCode?: number;
}

export interface StreamLogsInput extends JobSelector {
  /** Byte of the output to start at; give the bytes you hold already to resume. @default 0 */
  readonly offset?: number | undefined;
  /** Go on until the job has ended; false ends with the output there is now. @default true */
  readonly follow?: boolean | undefined;
}

/** A piece of a job's output: any bytes, a character may be split between two chunks. */
export interface LogChunk {
  readonly jobId: string;
  /** Position of the first byte of `output` in the whole output. */
  readonly offset: number;
  readonly output: Uint8Array;
}

/**
 * How far the host lets us control a job's processes: `limits` (cgroup v2 with controllers),
 * `tracking` (a cgroup2 mount without: whole-tree kill only), `none` (sessions and process groups).
 */
export type CapabilityLevel = "limits" | "tracking" | "none";

export interface Capabilities {
  readonly level: CapabilityLevel;
  /** What the host lacks of "limits", a sentence each; empty at "limits". */
  readonly missing: readonly string[];
}
