import type { Client } from "../client/client.ts";
import type { JobSelector } from "../job/types.ts";
import { afterCtrlC, onInterrupt, untilInterrupted } from "./interrupted.ts";
import { followToEnd, keepsRunning, passOn, removeEnded, waitToEnd } from "./job-end.ts";
import { Patience, type PatienceOptions, patiently } from "./patience.ts";
import { describeStart } from "./render-run.ts";
import type { RunPlan } from "./run-plan.ts";
import type { Sink } from "./sink.ts";
import { type IdentifiedRun, startJob, unsure } from "./start-job.ts";
import { untilPlaced } from "./until-placed.ts";

type StartedJob = Required<JobSelector>;

/** Starts a job, goes with it to its end, and returns its exit code; 130 when Ctrl-C has stopped it. */
export async function runToEnd(
  client: Client,
  input: IdentifiedRun,
  plan: RunPlan,
  sink: Sink,
): Promise<number> {
  const note = (text: string) => sink.note(text);
  let job: StartedJob | undefined;
  const start = async (signal: AbortSignal): Promise<StartedJob> => {
    const output = await startJob(client, input, { signal, note });
    note(describeStart(plan.input, output));
    job = { name: output.name, jobId: output.id };
    return job;
  };
  const finish = async (started: StartedJob, signal: AbortSignal): Promise<number> => {
    if (input.fleet) await showWaiting(client, started, { signal, note });
    const toEnd = plan.attend === "follow" ? followToEnd : waitToEnd;
    const finished = await toEnd(client, started, signal, sink);
    if (plan.remove) await removeEnded(client, started, { signal, note });
    return passOn(finished);
  };
  if (plan.stopOnInterrupt) return stoppingOnInterrupt(client, note, start, finish);
  return untilInterrupted(
    () => (job ? keepsRunning(job.name) : unsure(input)),
    async (signal) => finish(await start(signal), signal),
  );
}

async function showWaiting(client: Client, job: StartedJob, options: PatienceOptions): Promise<void> {
  const patience = new Patience(options, () => "lost the agent while waiting");
  const placed = await patiently(() => client.get(job, options), patience);
  await untilPlaced(client, placed, options);
}

/** The first Ctrl-C stops the job, the second kills it, the third leaves it to the agent. */
async function stoppingOnInterrupt(
  client: Client,
  note: (text: string) => void,
  start: (signal: AbortSignal) => Promise<StartedJob>,
  finish: (job: StartedJob, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const { signal } = new AbortController();
  const stopFailed = Promise.withResolvers<never>();
  let presses = 0;
  let job: StartedJob | undefined;
  const stop = () => {
    if (!job) return;
    const input = { ...job, gracePeriodMs: presses === 1 ? undefined : 0 };
    const patience = new Patience({ signal, note }, () => "lost the agent while stopping the job");
    patiently(() => client.stop(input), patience).catch(stopFailed.reject);
  };
  const stopListening = onInterrupt(() => {
    presses += 1;
    note(`${afterCtrlC()}${presses === 1 ? "stopping the job; Ctrl-C again kills it" : "killing the job"}`);
    if (presses === 2) stopListening();
    stop();
  });
  try {
    job = await start(signal);
    // Pressed while the job was being started.
    if (presses > 0) stop();
    const exitCode = await Promise.race([finish(job, signal), stopFailed.promise]);
    return presses > 0 ? 130 : exitCode;
  } finally {
    stopListening();
  }
}
