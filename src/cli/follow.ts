import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../client/client.ts";
import { JobError } from "../job/errors.ts";
import type { FinishedJob, JobSelector } from "../job/types.ts";

/** Without any sign of the agent for this long, it is given up. */
const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Tells the user about a lost connection, once per loss. */
  readonly note: (text: string) => void;
  /** @default 60_000 */
  readonly patienceMs?: number;
}

export interface CopyOptions extends FollowOptions {
  /** Resolves when the next piece may come. */
  readonly write: (output: Uint8Array) => Promise<void>;
  /** Go on until the job has ended. */
  readonly follow: boolean;
}

/** Copies a job's output from its first byte; a lost connection is taken up again at the exact byte. */
export async function copyLogs(client: Client, job: JobSelector, options: CopyOptions): Promise<void> {
  let { jobId } = job;
  let offset = 0;
  const patience = new Patience(options, () => `lost the agent at byte ${offset} of the output`);
  for (;;) {
    try {
      const stream = client.streamLogs({ name: job.name, jobId, offset, follow: options.follow }, options);
      for await (const chunk of stream) {
        patience.restore();
        jobId = chunk.jobId;
        await options.write(chunk.output);
        offset = chunk.offset + chunk.output.length;
      }
      return;
    } catch (error) {
      // Until the agent has answered once there is nothing to take up.
      if (jobId === undefined) throw error;
      await patience.spend(error);
    }
  }
}

/** Waits for a job that is known to exist, also across a lost connection. */
export async function waitForEnd(
  client: Client,
  job: Required<JobSelector>,
  options: FollowOptions,
): Promise<FinishedJob> {
  const patience = new Patience(options, () => "lost the agent while waiting");
  for (;;) {
    try {
      return await client.wait(job, options);
    } catch (error) {
      await patience.spend(error);
    }
  }
}

/** How long to go on trying: pauses that double, up to a limit since the last sign of the agent. */
class Patience {
  readonly #options: FollowOptions;
  readonly #describe: () => string;
  #lostAt: number | undefined;
  #pauseMs = FIRST_PAUSE_MS;

  constructor(options: FollowOptions, describe: () => string) {
    this.#options = options;
    this.#describe = describe;
  }

  restore(): void {
    this.#lostAt = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** Pauses before the next attempt; rethrows what no further attempt would help against. */
  async spend(error: unknown): Promise<void> {
    const { signal, note, patienceMs = PATIENCE_MS } = this.#options;
    if (signal.aborted || !(error instanceof JobError) || error.code !== "UNAVAILABLE") throw error;
    const now = performance.now();
    if (this.#lostAt === undefined) {
      this.#lostAt = now;
      note(`${this.#describe()}, trying again (${error.message})`);
    } else if (now - this.#lostAt > patienceMs) throw error;
    await sleep(this.#pauseMs, undefined, { signal });
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
