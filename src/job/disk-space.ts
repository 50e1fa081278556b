import { existsSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JobError } from "./errors.ts";

/** Kept for what is under way, above all the ends of jobs on record; in bytes. */
const RESERVE_BYTES = 1024 * 1024;

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
    if (!this.#keepReserve() || this.#free() < RESERVE_BYTES) throw this.#full();
    this.#told = false;
  }

  /** Does what must not fail for want of space: gives the reserve up for it. */
  async insist<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (!isFull(error) || !existsSync(this.#reserve)) throw error;
      rmSync(this.#reserve);
      return action();
    }
  }

  /** What a caller is told of an error: it may come of a disk that is full, of inodes for instance. */
  explain(error: unknown): unknown {
    return isFull(error) ? this.#full(error) : error;
  }

  /** Bytes; some blocks are for root alone. */
  #free(): number {
    const { bavail, bfree, bsize } = statfsSync(this.#stateDir);
    return (process.geteuid?.() === 0 ? bfree : bavail) * bsize;
  }

  /** False when there is no room for it. */
  #keepReserve(): boolean {
    if (existsSync(this.#reserve)) return true;
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

function isFull(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" && FULL_CODES.includes(code);
}
