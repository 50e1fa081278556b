import type { Client, FinishedRemoteJob } from "../client/client.ts";
import { LogProgress } from "../client/log-progress.ts";
import type { JobError } from "../job/errors.ts";
import type { JobSelector, LogChunk, StreamLogsInput } from "../job/types.ts";
import { Patience, type PatienceOptions, patiently } from "./patience.ts";
import { describeGap } from "./render-logs.ts";

export interface CopyOptions extends PatienceOptions {
  /** Resolves when the next piece may come. */
  readonly write: (chunk: LogChunk) => Promise<void>;
  /** @default unless the agent is on this machine */
  readonly compress?: boolean | undefined;
}

/** Copies a job's output; a lost connection is taken up again at the exact byte. */
export async function copyLogs(client: Client, input: StreamLogsInput, options: CopyOptions): Promise<void> {
  const progress = new LogProgress(input);
  const patience = new Patience(options, () => `lost the agent at byte ${progress.position} of the output`);
  const streamOptions = {
    signal: options.signal,
    compress: options.compress,
    onCut: (error: JobError) => patience.lose(error),
    onResumed: () => patience.restore(),
  };
  for (;;) {
    try {
      for await (const chunk of client.streamLogs(progress.rest(), streamOptions)) {
        patience.restore();
        const gap = describeGap(chunk);
        if (gap !== undefined) options.note(gap);
        if (chunk.output.length > 0) await options.write(chunk);
        progress.add(chunk);
      }
      return;
    } catch (error) {
      // Until the agent has answered once there is nothing to take up.
      if (progress.jobId === undefined) throw error;
      await patience.spend(error);
    }
  }
}

/** Waits for a job that is known to exist, also across a lost connection. */
export function waitForEnd(
  client: Client,
  job: Required<JobSelector>,
  options: PatienceOptions,
): Promise<FinishedRemoteJob> {
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
