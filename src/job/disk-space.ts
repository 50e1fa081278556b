import { rmSync, statfsSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JobError } from "./errors.ts";

/** Kept for what is under way, above all the ends of jobs on record; in bytes. */
const RESERVE_BYTES = 1024 * 1024;
/** So much of it is given up at a time: jobs that go on writing take the rest of that. */
const PORTION_BYTES = 128 * 1024;

/** Codes of node:fs and of SQLite for a file system without space, or an account without any of its quota. */
const FULL_CODES = ["ENOSPC", "EDQUOT", "SQLITE_FULL"];

/**
 * Watches the file system of the state directory, which jobs may fill with their output. A new job on a full one could
 * be neither recorded nor heard; one that ends there still has to be recorded, and a file in reserve makes room for that.
 */
export class DiskSpace {
  readonly #stateDir: string;
  readonly #reserve: string;
  readonly #report: (error: JobError) => void;
  #told = false;

  /** @param report hears that the disk is full, once, until it has space again */
  constructor(stateDir: string, report: (error: JobError) => void) {
    this.#stateDir = stateDir;
    this.#reserve = join(stateDir, "reserve");
    this.#report = report;
    this.#keepReserve();
  }

  /**
   * Makes sure that there is room for another job.
   * @throws JobError DISK_FULL
   */
  require(): void {
    if (!this.#keepReserve() || this.#freeBytes() < RESERVE_BYTES) throw this.#full();
    this.#told = false;
  }

  /** Does what must not fail for want of space: gives the reserve up for it, a portion at a time. */
  async insist<T>(action: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await action();
      } catch (error) {
        const left = this.#reserved();
        if (!isFull(error) || left === 0) throw error;
        truncateSync(this.#reserve, Math.max(0, left - PORTION_BYTES));
      }
    }
  }

  /** What a caller is told of an error: it may come of a disk that is full, of inodes for instance. */
  explain(error: unknown): unknown {
    return isFull(error) ? this.#full(error) : error;
  }

  #freeBytes(): number {
    const { blocks, bavail, bfree, bsize } = statfsSync(this.#stateDir);
    // A file system that does not count its blocks, ramfs for instance.
    if (blocks === 0) return Number.POSITIVE_INFINITY;
    // Some blocks are for root alone.
    return (process.geteuid?.() === 0 ? bfree : bavail) * bsize;
  }

  #reserved(): number {
    return statSync(this.#reserve, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** False when there is no room for it. */
  #keepReserve(): boolean {
    if (this.#reserved() === RESERVE_BYTES) return true;
    try {
      writeFileSync(this.#reserve, Buffer.alloc(RESERVE_BYTES), { mode: 0o600 });
      return true;
    } catch (error) {
      rmSync(this.#reserve, { force: true });
      if (isFull(error)) return false;
      throw error;
    }
  }

  #full(cause?: unknown): JobError {
    if (!this.#told)
      this.#report(new JobError("DISK_FULL", `no space is left for ${this.#stateDir}`, { cause }));
    this.#told = true;
    return new JobError("DISK_FULL", "the disk of the agent is full, so no job can be started", {
      hint: "remove jobs that have ended, and their output with them: lpr job rm",
      cause,
    });
  }
}

/** Whether it comes of a file system without space, or an account without any of its quota. */
export function isFull(error: unknown): boolean {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return (typeof code === "string" && FULL_CODES.includes(code)) || (cause instanceof Error && isFull(cause));
}
