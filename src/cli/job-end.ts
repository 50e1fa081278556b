import type { Client } from "../client/client.ts";
import { JobError } from "../job/errors.ts";
import type { FinishedState, JobSelector } from "../job/types.ts";
import { copyLogs, waitForEnd } from "./follow.ts";
import { untilInterrupted } from "./interrupted.ts";
import { note, print, write } from "./output.ts";
import { exitCodeOf, renderEnd } from "./render-job.ts";

/** What goes on after Ctrl-C. */
export function keepsRunning(name: string): string {
  return `job ${name} keeps running: lpr job logs ${name} shows its output again, lpr job stop ${name} stops it`;
}

/** Streams a job's output to standard output, remarks on an end that was not a success, and returns the exit code. */
export function followToEnd(client: Client, job: Required<JobSelector>): Promise<number> {
  return untilInterrupted(
    () => keepsRunning(job.name),
    async (signal) => {
      await copyLogs(client, job, { signal, note, write, follow: true });
      const { state } = await waitForEnd(client, job, { signal, note });
      if (state.status !== "SUCCEEDED") note(renderEnd(job.name, state));
      return passOn(job.name, state);
    },
  );
}

/** Waits for a job's end, prints how it ended, and returns its exit code. */
export function endOf(client: Client, job: Required<JobSelector>): Promise<number> {
  return untilInterrupted(
    () => keepsRunning(job.name),
    async (signal) => {
      const { state } = await waitForEnd(client, job, { signal, note });
      await print(renderEnd(job.name, state));
      return passOn(job.name, state);
    },
  );
}

function passOn(name: string, state: FinishedState): number {
  const exitCode = exitCodeOf(state);
  if (exitCode !== undefined) return exitCode;
  throw new JobError("INTERNAL", `job ${name} has no exit code to pass on`, { hint: `lpr job get ${name}` });
}
