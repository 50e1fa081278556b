import type { FinishedState, Limits, Usage } from "../../../src/job/index.ts";
import { openService, outputOf, ROOT, sh } from "./service.ts";

export interface Outcome {
  readonly requested: Limits;
  readonly inEffect: Limits;
  readonly state: FinishedState;
  readonly output: string;
  readonly usage: Usage;
  /** Time from start to end, in milliseconds. */
  readonly tookMs: number;
}

/** Runs a script under limits to its end; $GROUP is its cgroup. */
export async function runLimited(script: string, limits: Limits): Promise<Outcome> {
  await using service = await openService();
  const { jobs } = service;
  const job = sh("limited", script);
  await jobs.run({ ...job, env: [...job.env, `GROUP=${ROOT}/limited`], limits });
  const { state, startedAt, usage = {}, ...rest } = await jobs.wait({ name: "limited" });
  const output = await outputOf(jobs, "limited");
  const tookMs = state.finishedAt.getTime() - startedAt.getTime();
  return { requested: rest.limits, inEffect: rest.limitsInEffect, state, output, usage, tookMs };
}
