/** Who has something done, and what, as far as it is known before the job is. */
export interface AuditOrder {
  readonly tenant: string;
  readonly role: string;
  /** SHA-256 of the caller's certificate, in hexadecimal digits. */
  readonly fingerprint: string;
  /** `HOST:PORT` of the caller. */
  readonly address: string;
  /** What is done: "Run". */
  readonly action: string;
  /** What was asked for, in words. Neither arguments nor the environment of a job belong here: they may be secrets. */
  readonly detail: string;
}

/** One thing that was done, or refused. What is not known, or does not apply, is empty. */
export interface AuditNote extends AuditOrder {
  readonly time: Date;
  readonly jobName: string;
  readonly jobId: string;
  /** "OK", or the code that it was refused or failed with. */
  readonly outcome: string;
}

/** A line of the audit log. */
export interface AuditEntry extends AuditNote {
  /** Rises by one with each entry, from 1 on. */
  readonly sequence: number;
}

/** Which entries: those that meet all of it. */
export interface AuditInput {
  /** Only what happened from then on. @default all */
  readonly since?: Date | undefined;
  /** Only what happened before then. @default all */
  readonly until?: Date | undefined;
  readonly tenant?: string | undefined;
  readonly action?: string | undefined;
  readonly jobName?: string | undefined;
  /** Only what was refused or failed. @default false */
  readonly refusedOnly?: boolean | undefined;
  /** 1 to 100. @default 100 */
  readonly pageSize?: number | undefined;
  /** `nextPageToken` of the page before. @default the first page */
  readonly pageToken?: string | undefined;
}

export interface AuditOutput {
  /** Newest first. There may be fewer than asked for, or none, and more on the next page. */
  readonly entries: readonly AuditEntry[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
}

/** How long entries are kept; of both rules the stricter one counts. */
export interface AuditRetention {
  /** Milliseconds. @default 34_560_000_000 (400 days) */
  readonly keepMs?: number | undefined;
  /** About 300 bytes each. @default 1_000_000 */
  readonly maxEntries?: number | undefined;
}
