import { JobError } from "../errors.ts";
import type { JobStore } from "../store/store.ts";
import { noteOf } from "./note.ts";
import type { AuditEntry, AuditInput, AuditNote, AuditOrder, AuditOutput, AuditRetention } from "./types.ts";
import { validateAudit } from "./validate.ts";

const DEFAULT_PAGE_SIZE = 100;

/**
 * Puts what is done on the audit log before it is done, so that neither a crash nor a full disk leaves a deed that
 * nobody can tell of. What fails after that is an entry of its own.
 */
export class Auditor {
  readonly #store: Pick<JobStore, "audit" | "flush">;
  readonly #onAudited: (entry: AuditEntry) => void;

  constructor(store: Pick<JobStore, "audit" | "flush">, onAudited: (entry: AuditEntry) => void) {
    this.#store = store;
    this.#onAudited = onAudited;
  }

  /**
   * Something that is about to be done to a job; on the disk when it resolves. Without an order there is nobody to
   * tell of.
   * @throws JobError INTERNAL: it must not be done then
   */
  async intend(
    order: AuditOrder | undefined,
    job: { readonly id: string; readonly name: string },
  ): Promise<void> {
    if (order === undefined) return;
    try {
      await this.record([noteOf(order, job)]);
    } catch (cause) {
      throw new JobError(
        "INTERNAL",
        `${order.action} of job ${job.name} cannot be put on the audit log, so it is not done`,
        { cause },
      );
    }
  }

  /** Resolves when the notes are on the disk. */
  async record(notes: readonly AuditNote[]): Promise<void> {
    for (const note of notes) this.recorded(this.#store.audit.append(note));
    await this.#store.flush();
  }

  /** An entry that the store has written together with a job. */
  recorded(entry: AuditEntry | undefined): void {
    if (entry !== undefined) this.#onAudited(entry);
  }

  /** @throws JobError INVALID_INPUT */
  list(input: AuditInput): AuditOutput {
    validateAudit(input);
    return this.#store.audit.list({ ...input, pageSize: input.pageSize ?? DEFAULT_PAGE_SIZE });
  }

  /** Gives up what has been kept long enough. */
  trim(retention: AuditRetention): void {
    this.recorded(this.#store.audit.trim(retention, new Date()));
  }
}
