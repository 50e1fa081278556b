import type { Client } from "../client/client.ts";
import { untilInterrupted } from "./interrupted.ts";
import { describeStart, renderDryRun } from "./render-run.ts";
import type { RunPlan } from "./run-plan.ts";
import { runToEnd } from "./run-to-end.ts";
import type { Sink } from "./sink.ts";
import { type IdentifiedRun, startJob, unsure } from "./start-job.ts";

/** Whether the exit code is the job's own. */
export function passesOn({ attend, input }: RunPlan): boolean {
  return attend !== undefined && !input.dryRun;
}

/** Does what was planned, and returns the exit code. */
export async function runJob(
  client: Client,
  input: IdentifiedRun,
  plan: RunPlan,
  sink: Sink,
): Promise<number> {
  if (passesOn(plan)) return runToEnd(client, input, plan, sink);
  const output = await untilInterrupted(
    () => (input.dryRun ? undefined : unsure(input)),
    (signal) => startJob(client, input, { signal, note: (text) => sink.note(text) }),
  );
  if (input.dryRun) {
    const possible = plan.input.fleet ? "the fleet would take it" : "all of this is possible";
    sink.note(`dry run: ${possible}, nothing was started`);
    await sink.print(renderDryRun(plan.input, output));
    return 0;
  }
  sink.note(`${describeStart(plan.input, output)}; its output: lpr job logs ${output.name}`);
  await sink.print(output.name);
  return 0;
}
