import { closeSync, constants, fstatSync, openSync, statSync, writeSync } from "node:fs";
import { JobError } from "../../job/errors.ts";
import type { AuditEntry } from "../../job/types.ts";
import type { AgentLog } from "../log.ts";
import { auditDocument } from "./document.ts";

/** Time between two complaints of a copy that cannot be written, in milliseconds. */
const COMPLAIN_EVERY_MS = 60_000;

/**
 * A copy of the audit log, a JSON object on each line. The log itself is the one that counts: what cannot be copied
 * is done all the same, is complained of, and shows as a gap in the sequence.
 */
export class AuditCopy implements Disposable {
  readonly #path: string;
  readonly #log: Pick<AgentLog, "error">;
  #fd: number;
  #complainedAt = Number.NEGATIVE_INFINITY;

  /** @throws JobError HOST_UNSUPPORTED when the file cannot be opened */
  constructor(path: string, log: Pick<AgentLog, "error">) {
    this.#path = path;
    this.#log = log;
    try {
      this.#fd = open(path);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new JobError("HOST_UNSUPPORTED", `the copy of the audit log ${path} cannot be opened (${code})`, {
        hint: "--audit-file takes another path, in a directory that is there",
        cause,
      });
    }
  }

  readonly append = (entry: AuditEntry): void => {
    try {
      this.#followRotation();
      // One write each: with O_APPEND lines of two writers do not mix.
      writeSync(this.#fd, `${JSON.stringify(auditDocument(entry))}\n`);
    } catch (error) {
      if (performance.now() - this.#complainedAt < COMPLAIN_EVERY_MS) return;
      this.#complainedAt = performance.now();
      this.#log.error(`entry ${entry.sequence} of the audit log is not copied to ${this.#path}`, error);
    }
  };

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }

  /** Whoever rotates the file has only to rename it. */
  #followRotation(): void {
    if (statSync(this.#path, { throwIfNoEntry: false })?.ino === fstatSync(this.#fd).ino) return;
    const fd = open(this.#path);
    closeSync(this.#fd);
    this.#fd = fd;
  }
}

function open(path: string): number {
  return openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
}
