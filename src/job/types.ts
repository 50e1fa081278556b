import type {
  AuditEntry,
  AuditInput,
  AuditNote,
  AuditOrder,
  AuditOutput,
  AuditRetention,
} from "./audit/types.ts";
import type { Limits } from "./cgroup/limits.ts";
import type { Usage } from "./cgroup/usage.ts";

// The words of the library. The client and the wire use the same ones.

export type { AuditEntry, AuditInput, AuditNote, AuditOrder, AuditOutput, AuditRetention, Limits, Usage };

export const STATUSES = ["RUNNING", "FAILED", "SUCCEEDED"] as const;
/** How a job is doing. Exit code 0 is `SUCCEEDED`, every other end `FAILED`. */
export type Status = (typeof STATUSES)[number];

/** Why a job ended with an exit code. */
export type ExitReason = "EXITED" | "SIGNALED" | "STOPPED" | "TIMED_OUT" | "OOM_KILLED" | "LEASE_EXPIRED";
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

/** What a job is known by, beside its name; keys and values of 1 to 63 characters, values may be empty. */
export type Labels = Readonly<Record<string, string>>;

export const KILL_MODES = ["main", "all"] as const;
/** Who gets SIGTERM when a job is stopped: its main process, or every process of it. */
export type KillMode = (typeof KILL_MODES)[number];

export const OUTPUT_MODES = ["combined", "split"] as const;
/** One log of standard output and error in the order they were written, or a log of each. */
export type OutputMode = (typeof OUTPUT_MODES)[number];

export const LOG_STREAMS = ["stdout", "stderr"] as const;
/** One of the two logs of a job whose output is split. */
export type LogStream = (typeof LOG_STREAMS)[number];

export const IF_EXISTS = ["fail", "attach", "replace"] as const;
/** What `run` does about a job that has the name already: fail, return that job, or stop and remove it first. */
export type IfExists = (typeof IF_EXISTS)[number];

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
  readonly labels: Labels;
  readonly killMode: KillMode;
  readonly createdAt: Date;
  readonly startedAt: Date;
  /** When it is stopped for running too long. */
  readonly timeoutAt?: Date;
  readonly state: JobState;
  /** What the job asked for, with what the service added. */
  readonly limits: Limits;
  /** The same, read back from the kernel. */
  readonly limitsInEffect: Limits;
  /** What it used in all; once it has ended, and where the host measures it. */
  readonly usage?: Usage;
  readonly output: OutputMode;
  /** Bytes of output so far, those that are no longer kept included; of both logs where the output is split. */
  readonly logBytes: number;
  /** Output that is kept, in bytes, both logs together. Absent: all of it. */
  readonly maxLogBytes?: number;
  /** The oldest output, given up for that, in bytes. */
  readonly logDiscardedBytes: number;
  /** Whether it has namespaces of its own. */
  readonly isolated: boolean;
  /** Account of the host it runs as; empty where an older LPR did not record it. */
  readonly user: string;
}

export type FinishedJob = Job & { readonly state: FinishedState };

/** Cancels a call. What the call had already set going goes on, unless the method says otherwise. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface RunInput {
  /**
   * 1 to 63 of `A-Z a-z 0-9 _ -`, neither first nor last of them `_` or `-`: it becomes a cgroup's name.
   * Needed, unless `generateName` makes one.
   */
  readonly name?: string | undefined;
  /** Makes a name that is free: `name`, or else the command's, and five random characters. @default false */
  readonly generateName?: boolean | undefined;
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
  /** At most 32. @default none */
  readonly labels?: Labels | undefined;
  /** @default those of the service */
  readonly limits?: Limits | undefined;
  /** @default "main" */
  readonly killMode?: KillMode | undefined;
  /** @default "combined" */
  readonly output?: OutputMode | undefined;
  /**
   * Output to keep, in bytes, 65_536 at least: beyond it the oldest is given back to the file system, and readers
   * are told how much. It is enforced every quarter of a second. @default that of the service
   */
  readonly maxLogBytes?: number | undefined;
  /** @default "fail" */
  readonly ifExists?: IfExists | undefined;
  /**
   * Makes a run that is sent again happen once: with the id of a job on record, of the same creator, that job is
   * returned. The same id with other input is INVALID_INPUT. 1 to 128 printable characters. @default none
   */
  readonly requestId?: string | undefined;
  /** Checks everything, up to the command itself, and starts nothing. @default false */
  readonly dryRun?: boolean | undefined;
  /**
   * Namespaces of its own: processes, mounts, IPC and network (loopback only), a private /tmp and /dev/shm.
   * Needs root. @default false
   */
  readonly isolate?: boolean | undefined;
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
  /** Which job of the name may be attached to or replaced. @default those of the same creator */
  readonly mayManage?: ((job: Job) => boolean) | undefined;
  /**
   * The whole job is killed, by its supervisor, once the lease of the service has run out: `renewLeases`. Needs a host
   * with cgroups that can be killed. @default false
   */
  readonly leased?: boolean | undefined;
  /** Goes on the audit log together with the job's record, before the command is started. @default no entry */
  readonly audit?: AuditOrder | undefined;
}

export interface RunOutput {
  readonly name: string;
  /** Empty for a dry run. */
  readonly id: string;
  /** Whether the job was there already: attached to, or started by the same request before. */
  readonly existing: boolean;
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
  /** Only jobs with all of these labels. @default all */
  readonly labels?: Labels | undefined;
  /** Only jobs whose names begin so: 1 to 63 of `A-Z a-z 0-9 _ -`. @default all */
  readonly namePrefix?: string | undefined;
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

export interface RenewLeasesInput {
  /** Until when leased jobs may run: milliseconds of `bootTimeMs`. */
  readonly untilMs: number;
}

export interface RequireRoomInput {
  /** Tenant. */
  readonly createdBy: string;
}

export interface StopInput extends JobSelector {
  /** Time between SIGTERM and SIGKILL, in milliseconds, 0 (killed at once) to 86_400_000. @default 10_000 */
  readonly gracePeriodMs?: number | undefined;
}

/** What a program that serves others adds to their input. */
export interface OwnedStopInput extends StopInput {
  /** Tenant who asks; kept with the job. @default "" */
  readonly causedBy?: string | undefined;
  /** Goes on the audit log before the signal is sent. @default no entry */
  readonly audit?: AuditOrder | undefined;
}

export interface StopOutput {
  readonly status: Status;
  /** Absent where the job has none (LOST, START_FAILED). */
  readonly exitCode?: number;
}

export interface SignalInput extends JobSelector {
  /** Name, with or without "SIG": "HUP", "SIGUSR1". */
  readonly signal: string;
  /** Every process of the job instead of the main one. @default false */
  readonly all?: boolean | undefined;
}

/** What a program that serves others adds to their input. */
export interface OwnedSignalInput extends SignalInput {
  /** Goes on the audit log before the signal is sent. @default no entry */
  readonly audit?: AuditOrder | undefined;
}

/** What a program that serves others adds to their input. */
export interface OwnedRemoveInput extends RemoveInput {
  /** Goes on the audit log before the job is forgotten. @default no entry */
  readonly audit?: AuditOrder | undefined;
}

/** What a running job has used so far. */
export interface JobStats {
  readonly id: string;
  readonly name: string;
  readonly createdBy: string;
  readonly startedAt: Date;
  readonly time: Date;
  readonly limitsInEffect: Limits;
  /** Empty where the host measures nothing. */
  readonly usage: Usage;
}

export interface StatsInput {
  /** Only this job. @default every job that runs */
  readonly name?: string | undefined;
  readonly jobId?: string | undefined;
  /** Only jobs of this tenant. @default all */
  readonly createdBy?: string | undefined;
}

export interface WatchInput {
  /** Events after this one; the sequence of the last event seen. @default only what happens from now on */
  readonly sinceSequence?: number | undefined;
  /** Only jobs of this tenant. @default all */
  readonly createdBy?: string | undefined;
}

/** Something that happened to a job. */
export interface JobEvent {
  /** Rises by one with each event of the service, whoever may see it. */
  readonly sequence: number;
  readonly time: Date;
  readonly type: "STARTED" | "ENDED" | "REMOVED";
  /** As it was after the event. */
  readonly job: Job;
}

export interface StreamLogsInput extends JobSelector {
  /** Only this log, of a job whose output is split. @default both of them */
  readonly stream?: LogStream | undefined;
  /**
   * Byte of the output to start at; give the bytes you hold already to resume. Where both logs of a job are read,
   * of its standard output. @default 0
   */
  readonly offset?: number | undefined;
  /** The same of standard error, where both logs of a job are read. @default 0 */
  readonly stderrOffset?: number | undefined;
  /**
   * With an offset: `cuts` of the last chunk you hold, 0 where it has none. A log that has been cut shorter since is read
   * from its beginning. @default not known: only a log that is shorter than the offset is
   */
  readonly cuts?: number | undefined;
  /** The same of standard error, where both logs of a job are read. */
  readonly stderrCuts?: number | undefined;
  /** Start with so many of the last lines; not together with an offset. @default all */
  readonly tailLines?: number | undefined;
  /**
   * Only what was written from then on; not together with an offset. Times of output are known to a quarter of a
   * second, more coarsely for what is long past, and not at all while no service was running.
   */
  readonly since?: Date | undefined;
  /** Only what was written before then. */
  readonly until?: Date | undefined;
  /** Say of each chunk when it was written, as exactly as `since` goes. @default false */
  readonly timestamps?: boolean | undefined;
  /** Go on until the job has ended; false ends with the output there is now. @default true */
  readonly follow?: boolean | undefined;
}

/**
 * A piece of a job's output: any bytes, a character may be split between two chunks. One without output tells
 * where a log begins that is read from a place the service has chosen, or something of the members below.
 */
export interface LogChunk {
  readonly jobId: string;
  /** Position of the first byte of `output` in its log. */
  readonly offset: number;
  readonly output: Uint8Array;
  /** The log that it is from, where the job has two. They are joined in the order of the times known of them. */
  readonly stream?: LogStream;
  /** When it was written, where that was asked for. */
  readonly time?: Date;
  /** So many bytes right before `offset` are no longer kept. */
  readonly discardedBytes?: number;
  /** The log was cut shorter than what had been read of it: this is its beginning as it is now. */
  readonly truncated?: true;
  /** How often the log had been cut shorter before this was read, where it had. */
  readonly cuts?: number;
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

/** What became of the jobs that an earlier service left without a recorded end. */
export interface Adopted {
  /** They still run. */
  readonly running: number;
  /** They ended meanwhile, and their exit code is known. */
  readonly ended: number;
  /** How they ended is not known. */
  readonly lost: number;
}
