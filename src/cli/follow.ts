import type { Client } from "../client/client.ts";
import type { FinishedJob, JobSelector } from "../job/types.ts";
import { Patience, type PatienceOptions, patiently } from "./patience.ts";

export interface CopyOptions extends PatienceOptions {
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
export function waitForEnd(
  client: Client,
  job: Required<JobSelector>,
  options: PatienceOptions,
): Promise<FinishedJob> {
  const patience = new Patience(options, () => "lost the agent while waiting");
  return patiently(() => client.wait(job, options), patience);
}

/**
 * What one stream after another yields: each that a lost connection ends is followed by a new one.
 * `restore` of the patience tells that the agent has answered, before which there is nothing to take up.
 */
export async function* persistently<T>(
  open: () => AsyncIterable<T>,
  patience: Patience,
): AsyncGenerator<T, void, undefined> {
  for (;;) {
    try {
      for await (const item of open()) {
        patience.restore();
        yield item;
      }
      return;
    } catch (error) {
      if (!patience.answered) throw error;
      await patience.spend(error);
    }
  }
}
