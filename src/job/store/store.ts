import type { AuditEntry, AuditNote } from "../audit/types.ts";
import type { LogRecord } from "../logs/readable-log.ts";
import type { FinishedState, Job, JobState, ListInput, Status } from "../types.ts";
import type { AuditLog } from "./audit-log.ts";

/** A name that is reserved while its job is being started; nobody is shown it. */
export interface Starting {
  readonly status: "STARTING";
}

/** That a job is to end, on whose word, and when it is killed if it has not; on disk, so that a crash forgets nothing. */
export interface StopIntent {
  readonly reason: "STOPPED" | "TIMED_OUT";
  /** Empty where nobody asked. */
  readonly causedBy: string;
  readonly killAt: Date;
}

/** The request that a job came from, where the caller named it. */
export interface JobRequest {
  readonly id: string;
  /** Of everything that was asked. */
  readonly hash: string;
}

/** What is on record of one job. The size of its log is asked of the file, not kept. */
export interface JobRecord extends Omit<Job, "state" | "logBytes" | "logDiscardedBytes">, LogRecord {
  readonly state: JobState | Starting;
  readonly stopIntent?: StopIntent;
  readonly request?: JobRequest;
  /** Absent where the host gave none. The inode, known once it is made, tells it from a later one of that name. */
  readonly cgroup?: { readonly dir: string; readonly inode?: number };
  /** The run of the kernel in which it was started. Absent in those written before it was kept. */
  readonly bootId?: string;
}

export type StartedRecord = JobRecord & { readonly state: JobState };

export type FinishedRecord = JobRecord & { readonly state: FinishedState };

export function isStarted(record: JobRecord): record is StartedRecord {
  return record.state.status !== "STARTING";
}

export type RecordChange = Partial<Omit<JobRecord, "id" | "name" | "createdBy" | "createdAt">>;

export interface RecordPage {
  /** Newest first. */
  readonly records: readonly StartedRecord[];
  readonly nextPageToken?: string;
}

export interface ListQuery extends ListInput {
  readonly pageSize: number;
}

/** Which finished jobs have been kept long enough. */
export interface ExpiryQuery {
  readonly status: "SUCCEEDED" | "FAILED";
  readonly finishedBefore: Date;
}

export interface UidRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Where jobs are kept. Another driver can be added without touching the service. What is written survives a crash
 * of this process at once, and one of the host after `flush`: whoever promises something to somebody waits for that.
 */
export interface JobStore {
  readonly audit: AuditLog;
  /** Reserves the name, and notes who asked for it: both or neither. @throws JobError NAME_TAKEN */
  insert(record: JobRecord, note?: AuditNote): Promise<AuditEntry | undefined>;
  /** Changes a record that exists, and gives it back; one that was deleted meanwhile stays so. */
  update(id: string, change: RecordChange): Promise<JobRecord | undefined>;
  /** Forgets the record and frees its name. False: somebody else has done so. */
  delete(id: string): Promise<boolean>;
  /** Records that are still being started included. */
  findByName(name: string): Promise<JobRecord | undefined>;
  /** The job of a tenant that this request started. */
  findByRequest(createdBy: string, requestId: string): Promise<JobRecord | undefined>;
  list(query: ListQuery): Promise<RecordPage>;
  /** Records of jobs that had not ended when they were last written, those being started included. */
  listUnfinished(): Promise<readonly JobRecord[]>;
  /** The oldest of them, some or all. */
  listExpired(query: ExpiryQuery): Promise<readonly StartedRecord[]>;
  /** How many records there are, without those that are being started. */
  countByStatus(): Promise<Readonly<Record<Status, number>>>;
  /** Ids of all records. */
  ids(): Promise<ReadonlySet<string>>;
  /**
   * The uid of a tenant: the same for ever, another for every tenant, on the disk. Undefined: the range is used up.
   * @param taken those that are somebody's on the host
   */
  tenantUid(tenant: string, range: UidRange, taken: ReadonlySet<number>): Promise<number | undefined>;
  /**
   * Resolves when all that was written before is on the disk, together for all who ask at that time. Once it has
   * failed it goes on failing.
   */
  flush(): Promise<void>;
  close(): Promise<void>;
}
