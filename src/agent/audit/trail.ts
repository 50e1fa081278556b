import type { AuditNote } from "../../job/types.ts";
import type { AgentLog } from "../log.ts";
import type { OnRefused } from "../refusals.ts";
import { type FailedCall, failureNote, refusalNote } from "./failure.ts";
import { Flood } from "./flood.ts";

/** Refusals wait so long for others to be written together with them, in milliseconds. */
const GATHER_MS = 100;
/** Time after which those that were left out are told of, in milliseconds. */
const WINDOW_MS = 60_000;

export interface AuditTrailOptions {
  readonly record: (notes: readonly AuditNote[]) => Promise<void>;
  readonly log: Pick<AgentLog, "error">;
}

/**
 * Puts on the audit log what was refused or failed. Nothing waits for it: what is refused stays so whether it can
 * be told of or not, and how long an answer takes must not tell whether there was something to tell.
 */
export class AuditTrail {
  readonly #options: AuditTrailOptions;
  readonly #flood = new Flood();
  #pending: AuditNote[] = [];
  #gather: ReturnType<typeof setTimeout> | undefined;
  #window: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: AuditTrailOptions) {
    this.#options = options;
  }

  readonly callFailed = (call: FailedCall, error: unknown): void => {
    const note = failureNote(call, error);
    if (note) this.#add(note);
  };

  readonly connectionRefused: OnRefused = (refusal) => {
    this.#add(refusalNote(refusal));
  };

  /** Writes what has not been written yet; what comes later is not. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#endWindow();
  }

  async #endWindow(): Promise<void> {
    clearTimeout(this.#window);
    this.#window = undefined;
    this.#pending.push(...this.#flood.close());
    await this.#write();
  }

  #add(note: AuditNote): void {
    if (this.#closed) return;
    this.#window ??= setTimeout(() => void this.#endWindow(), WINDOW_MS).unref();
    if (!this.#flood.admit(note)) return;
    this.#pending.push(note);
    this.#gather ??= setTimeout(() => void this.#write(), GATHER_MS).unref();
  }

  async #write(): Promise<void> {
    clearTimeout(this.#gather);
    this.#gather = undefined;
    const notes = this.#pending;
    this.#pending = [];
    if (notes.length === 0) return;
    try {
      await this.#options.record(notes);
    } catch (error) {
      this.#options.log.error(`${notes.length} refusals cannot be put on the audit log`, error);
    }
  }
}
