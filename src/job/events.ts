import { JobError, throwIfAborted } from "./errors.ts";
import type { Job, JobEvent } from "./types.ts";

/** How many events are kept for watchers that were away or are slow. */
const KEPT = 10_000;

/**
 * The latest events, for any number of watchers. Each reads at its own pace from the same ring, so a slow one
 * costs nothing, and is told when it has fallen too far behind.
 */
export class EventLog {
  /**
   * Sequences start at the time, so that those of an earlier service are never mistaken for this one's:
   * they lie before its first event and are gone.
   */
  #next = Date.now() * 1_000;
  #first = this.#next;
  readonly #ring: JobEvent[] = [];
  #wake = Promise.withResolvers<void>();

  get lastSequence(): number {
    return this.#next - 1;
  }

  add(type: JobEvent["type"], job: Job): void {
    const sequence = this.#next++;
    this.#ring[sequence % KEPT] = { sequence, type, job, time: new Date() };
    this.#first = Math.max(this.#first, this.#next - KEPT);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  /** Whether the events after this one are kept. @throws JobError SEQUENCE_GONE */
  check(since: number): void {
    if (since + 1 < this.#first || since + 1 > this.#next) throw gone(since);
  }

  /** @throws JobError SEQUENCE_GONE, CANCELLED */
  async *read(since: number | undefined, signal: AbortSignal): AsyncGenerator<JobEvent, void, undefined> {
    const aborted = Promise.withResolvers<void>();
    const onAbort = () => aborted.resolve();
    signal.addEventListener("abort", onAbort);
    try {
      for (let sequence = since === undefined ? this.#next : since + 1; ; ) {
        throwIfAborted(signal);
        // Taken before looking, so that an event in between is not slept through.
        const wake = this.#wake.promise;
        this.check(sequence - 1);
        const event = sequence < this.#next ? this.#ring[sequence % KEPT] : undefined;
        if (event === undefined) await Promise.race([wake, aborted.promise]);
        else {
          yield event;
          sequence++;
        }
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }
}

function gone(sequence: number): JobError {
  return new JobError("SEQUENCE_GONE", `events after ${sequence} are not kept`, {
    hint: "list the jobs, and watch from now on",
  });
}
