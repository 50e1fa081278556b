import type { JobLog } from "./job-log.ts";

/** Time between two looks at the logs of running jobs, in milliseconds: how exactly it is known when output came. */
export const SAMPLE_MS = 250;

/** One timer for the logs of all jobs; none while no job runs. */
export class LogSampler {
  readonly #logs = new Set<JobLog>();
  #timer: NodeJS.Timeout | undefined;

  add(log: JobLog): void {
    this.#logs.add(log);
    this.#timer ??= setInterval(() => {
      for (const sampled of this.#logs) sampled.look();
    }, SAMPLE_MS).unref();
  }

  remove(log: JobLog): void {
    this.#logs.delete(log);
    if (this.#logs.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
