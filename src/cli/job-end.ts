import type { Client, FinishedRemoteJob } from "../client/client.ts";
import { JobError } from "../job/errors.ts";
import type { JobSelector } from "../job/types.ts";
import { wantsColor } from "./color.ts";
import { copyLogs, waitForEnd } from "./follow.ts";
import { Patience, type PatienceOptions, patiently } from "./patience.ts";
import { during } from "./progress.ts";
import { exitCodeOf, renderEnd } from "./render-job.ts";
import { ownSink, type Sink } from "./sink.ts";

/** What goes on after Ctrl-C. */
export function keepsRunning(...names: readonly string[]): string {
  const [name] = names;
  if (names.length > 1) return "the jobs keep running: lpr job list shows them";
  return `job ${name} keeps running: lpr job logs ${name} shows its output again, lpr job stop ${name} stops it`;
}

/** Streams a job's output to standard output and, where it is split, standard error, and remarks on an end that was not a success. */
export async function followToEnd(
  client: Client,
  job: Required<JobSelector>,
  signal: AbortSignal,
  sink: Sink = ownSink,
): Promise<FinishedRemoteJob> {
  const note = (text: string) => sink.note(text);
  await copyLogs(client, job, { signal, note, write: (chunk) => sink.write(chunk) });
  const finished = await waitForEnd(client, job, { signal, note });
  if (finished.state.status !== "SUCCEEDED") note(renderEnd(finished, wantsColor(process.stderr)));
  return finished;
}

/** Waits for a job's end, and prints how it ended. */
export async function waitToEnd(
  client: Client,
  job: Required<JobSelector>,
  signal: AbortSignal,
  sink: Sink = ownSink,
): Promise<FinishedRemoteJob> {
  const finished = await during(`waiting for ${job.name} to end`, () =>
    waitForEnd(client, job, { signal, note: (text) => sink.note(text) }),
  );
  await sink.print(renderEnd(finished, wantsColor(process.stdout)));
  return finished;
}

/** Its own exit code, for this program to end with. */
export function passOn({ name, state }: FinishedRemoteJob): number {
  const exitCode = exitCodeOf(state);
  if (exitCode !== undefined) return exitCode;
  throw new JobError("INTERNAL", `job ${name} has no exit code to pass on`);
}

/** Removes a job that has ended. That it could not be is no reason to lose the exit code: it is remarked on. */
export async function removeEnded(
  client: Client,
  job: Required<JobSelector>,
  options: PatienceOptions,
): Promise<void> {
  const patience = new Patience(options, () => "lost the agent while removing the job");
  try {
    await patiently(() => client.remove(job, options), patience);
  } catch (error) {
    if (options.signal.aborted) throw error;
    // By somebody else, or by an attempt whose answer was lost.
    if (error instanceof JobError && error.code === "JOB_NOT_FOUND") return;
    const reason = error instanceof Error ? error.message : String(error);
    options.note(`job ${job.name} was not removed: ${reason}`);
  }
}
