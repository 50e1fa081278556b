import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bootTimeMs } from "./boot-time.ts";
import { invalidInput, JobError } from "./errors.ts";
import { bootId } from "./processes.ts";

/** What the supervisor leaves in a job's directory before it kills the job for want of a lease. */
const EXPIRED_MARK = "lease-expired";

/**
 * Until when the jobs may run that were started with `leased`, in one file for all of them. Their supervisors read it
 * every second: it ends them also when this process is gone.
 */
export class Lease {
  /** Holds the boot id, and hundredths of a second of /proc/uptime. */
  readonly path: string;

  constructor(stateDir: string) {
    this.path = join(stateDir, "lease");
  }

  /** By `bootTimeMs`; 0 where there is none, or one of an earlier boot. */
  get untilMs(): number {
    let text = "";
    try {
      text = readFileSync(this.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    const [, boot, until] = /^(\S+) (\d{1,15})\n$/.exec(text) ?? [];
    return boot === bootId() ? Number(until) * 10 : 0;
  }

  /**
   * Lasts until then at least; one that lasts longer already is left as it is.
   * @throws JobError INVALID_INPUT
   */
  renew(untilMs: number): void {
    if (!Number.isSafeInteger(untilMs) || untilMs < 0) {
      throw invalidInput([
        `untilMs must be a whole number of milliseconds since the host was booted, got ${untilMs}`,
      ]);
    }
    if (untilMs <= this.untilMs) return;
    // A supervisor reads all of it or what was there before. It need not outlive the host, nor do the jobs.
    writeFileSync(`${this.path}.new`, `${bootId()} ${Math.floor(untilMs / 10)}\n`, { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
  }

  /** @throws JobError UNAVAILABLE when it has run out */
  require(): void {
    if (this.untilMs > bootTimeMs()) return;
    throw noLease();
  }
}

export function noLease(): JobError {
  return new JobError("UNAVAILABLE", "a job that is leased cannot start: there is no lease at the moment");
}

/** Whether the supervisor killed the job because its lease had run out. */
export function hasLeaseExpired(jobDir: string): boolean {
  return existsSync(join(jobDir, EXPIRED_MARK));
}
