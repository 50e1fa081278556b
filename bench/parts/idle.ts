import type { Lab } from "../lab/lab.ts";
import { cpuOfThreads } from "../processes.ts";
import type { PartReport } from "../result.ts";
import { summarize } from "../summary.ts";
import { runIdleJobs } from "./idle-jobs.ts";

const AIMED_AT = 1_000;

/** What running jobs cost an agent that nobody asks anything. */
export async function measureIdle(lab: Lab): Promise<PartReport> {
  const { signal, manyJobs } = lab;
  await using agent = await lab.startAgent();
  await agent.client.info({ signal });
  const without = await percentOfCore(agent.pid, 5, signal);
  await runIdleJobs(agent, manyJobs, signal);
  const with_ = await percentOfCore(agent.pid, 10, signal);
  const perJob = Math.max(0, with_ - without) / manyJobs;
  const percent = { unit: "% of a core", better: "lower" } as const;
  const counted = { ...percent, what: `idle agent, ${manyJobs} running jobs`, ours: summarize(with_) };
  const aim = "below 1 %";
  const extrapolated = {
    ...{ ...percent, what: `the same for ${AIMED_AT} jobs, extrapolated`, aim },
    ours: summarize(without + perJob * AIMED_AT),
  };
  return {
    results: [
      { ...percent, what: "idle agent without jobs", ours: summarize(without) },
      ...(manyJobs < AIMED_AT ? [counted, extrapolated] : [{ ...counted, aim }]),
    ],
  };
}

async function percentOfCore(pid: number, seconds: number, signal: AbortSignal): Promise<number> {
  // What starting has left to do: garbage, timers.
  await pause(1, signal);
  const [before, time] = [cpuOfThreads(pid), performance.now()];
  await pause(seconds, signal);
  const elapsed = (performance.now() - time) / 1_000;
  // A thread that has ended meanwhile takes its time along: those of Bun's pool do when they have had nothing to do.
  const used = [...cpuOfThreads(pid)].map(([thread, cpu]) => cpu - (before.get(thread) ?? 0));
  return (used.reduce((sum, cpu) => sum + cpu, 0) / elapsed) * 100;
}

async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  for (let left = seconds * 10; left > 0; left--) {
    signal.throwIfAborted();
    await Bun.sleep(100);
  }
}
