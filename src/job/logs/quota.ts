import { JobError } from "../errors.ts";
import { type Host, jobDirOf } from "../host.ts";
import type { StartedRecord } from "../store/store.ts";
import { logFiles, logSizes, sum } from "./files.ts";

/** A job that runs: it knows itself how much it keeps. */
interface Running {
  readonly createdBy: string;
  readonly log: { readonly keptBytes: number };
}

const PAGE_SIZE = 1_000;

/** Output that a job which has ended keeps, in bytes. */
export function keptBytes(host: Pick<Host, "stateDir">, record: StartedRecord): number {
  const sizes = logSizes(logFiles(jobDirOf(host, record.id), record.output));
  return Math.max(0, sum(sizes) - sum(record.logStarts ?? []));
}

/**
 * Output that all jobs of a tenant keep together. Of those that have ended the sum is held, as it only changes when one
 * more has ended or is removed.
 */
export class LogQuota {
  readonly #quotaBytes: number | undefined;
  readonly #ended = new Map<string, number>();

  /**
   * Adds up what there is. Jobs that have not ended are left out, whatever became of them meanwhile.
   * @param quotaBytes of each tenant; undefined: as much as they like, and nothing is counted
   */
  static async open(
    host: Pick<Host, "stateDir" | "store">,
    quotaBytes: number | undefined,
  ): Promise<LogQuota> {
    const quota = new LogQuota(quotaBytes);
    let pageToken: string | undefined;
    do {
      if (quotaBytes === undefined) break;
      const statuses = ["SUCCEEDED", "FAILED"] as const;
      const page = await host.store.list({
        ...{ statuses, pageSize: PAGE_SIZE },
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      for (const record of page.records) quota.add(record.createdBy, keptBytes(host, record));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    return quota;
  }

  private constructor(quotaBytes: number | undefined) {
    this.#quotaBytes = quotaBytes;
  }

  /** A job has ended that keeps so much; less than nothing: one has been removed. */
  add(tenant: string, bytes: number): void {
    const total = (this.#ended.get(tenant) ?? 0) + bytes;
    if (total > 0) this.#ended.set(tenant, total);
    else this.#ended.delete(tenant);
  }

  /**
   * Lets a tenant start another job.
   * @throws JobError QUOTA_EXCEEDED
   */
  admit(tenant: string, running: Iterable<Running>): void {
    if (this.#quotaBytes === undefined) return;
    let bytes = this.#ended.get(tenant) ?? 0;
    for (const job of running) if (job.createdBy === tenant) bytes += job.log.keptBytes;
    if (bytes < this.#quotaBytes) return;
    const message = `the output of your jobs takes ${bytes} bytes, and no more than ${this.#quotaBytes} may be kept`;
    throw new JobError("QUOTA_EXCEEDED", message, {
      hint: "remove jobs that have ended, and their output with them: lpr job rm",
    });
  }
}
