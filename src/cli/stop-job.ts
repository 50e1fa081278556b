import type { Client } from "../client/client.ts";
import { hasEnded } from "../client/ended.ts";
import { JobError } from "../job/errors.ts";
import type { StopInput, StopOutput } from "../job/types.ts";
import { wantsColor } from "./color.ts";
import { describeEnd } from "./render-job.ts";

export interface StopOptions {
  readonly signal: AbortSignal;
  /** Called when the agent is asked to stop it: from then on it will, whatever becomes of whoever asked. */
  readonly onAsked: () => void;
}

/** Stops a job, and tells how it ended. */
export async function stopJob(
  client: Client,
  input: Omit<StopInput, "jobId">,
  { signal, onAsked }: StopOptions,
): Promise<string> {
  const { name } = input;
  // By id from here on: the name may be given to another job while this one is stopped.
  const before = await client.get({ name }, { signal });
  const color = wantsColor(process.stdout);
  if (hasEnded(before)) return `had ended before: ${describeEnd(before, color)}`;
  const job = { name, jobId: before.id };
  onAsked();
  const outcome = await client.stop({ ...input, ...job }, { signal });
  try {
    const after = await client.get(job, { signal });
    if (hasEnded(after)) return describeEnd(after, color);
  } catch (error) {
    // Whoever waited for its end may have removed it.
    if (!(error instanceof JobError && error.code === "JOB_NOT_FOUND")) throw error;
  }
  return withoutReason(outcome);
}

function withoutReason({ status, exitCode }: StopOutput): string {
  return `${status}, ${exitCode === undefined ? "no exit code" : `exit code ${exitCode}`}`;
}
