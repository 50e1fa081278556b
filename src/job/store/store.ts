import type { Job, JobState, ListInput } from "../types.ts";

/** A name that is reserved while its job is being started; nobody is shown it. */
export interface Starting {
  readonly status: "STARTING";
}

/** That a job is to end, and on whose word; kept so that its end can be explained. */
export interface StopIntent {
  readonly causedBy: string;
  readonly at: Date;
}

/** What is on record of one job. The size of its log is asked of the file, not kept. */
export interface JobRecord extends Omit<Job, "state" | "logBytes"> {
  readonly state: JobState | Starting;
  readonly stopIntent?: StopIntent;
}

export type StartedRecord = JobRecord & { readonly state: JobState };

export interface RecordPage {
  /** Newest first. */
  readonly records: readonly StartedRecord[];
  readonly nextPageToken?: string;
}

export interface ListQuery extends ListInput {
  readonly pageSize: number;
}

/** Where jobs are kept. Another driver can be added without touching the service. */
export interface JobStore {
  /** Reserves the name. @throws JobError NAME_TAKEN */
  insert(record: JobRecord): Promise<void>;
  /** Changes a record that exists. */
  update(id: string, change: Partial<Pick<JobRecord, "state" | "startedAt" | "stopIntent">>): Promise<void>;
  /** Forgets the record and frees its name. */
  delete(id: string): Promise<void>;
  /** Records that are still being started included. */
  findByName(name: string): Promise<JobRecord | undefined>;
  list(query: ListQuery): Promise<RecordPage>;
  /** The uid of a tenant: the same for ever, another for every tenant. Undefined: the range is used up. */
  tenantUid(
    tenant: string,
    range: { readonly first: number; readonly last: number },
  ): Promise<number | undefined>;
  close(): Promise<void>;
}
