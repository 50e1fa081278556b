import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { JobError } from "../../job/errors.ts";
import type { JobService } from "../../job/index.ts";
import type { JobEvent } from "../../job/types.ts";

/** From a second to a day, in seconds. */
const BUCKETS = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400];

export interface JobMetricsOptions {
  readonly jobs: Pick<JobService, "countByStatus" | "stats" | "watch" | "lastSequence" | "adopted">;
  /** Also a series for each running job: as many as there are jobs, under names that tenants choose. */
  readonly perJob: boolean;
  /** Aborted when the agent ends. */
  readonly signal: AbortSignal;
}

/**
 * Counts what happens to jobs from now on.
 * @returns what looks at the jobs there are, before somebody reads the registry
 */
export function jobMetrics(registry: Registry, options: JobMetricsOptions): () => Promise<void> {
  const { jobs, perJob } = options;
  const registers = [registry];
  const byStatus = new Gauge({
    ...{ name: "lpr_jobs", help: "Jobs on record, by status", labelNames: ["status"], registers },
  });
  const adopted = new Gauge({
    ...{
      name: "lpr_adopted_jobs",
      help: "Jobs of the agent before, as they were found at the start",
      registers,
    },
    labelNames: ["outcome"],
  });
  for (const [outcome, count] of Object.entries(jobs.adopted)) adopted.set({ outcome }, count);
  void countEvents(registry, options);
  const sampleUsage = perJob ? usageMetrics(registry, jobs) : undefined;
  return async () => {
    for (const [status, count] of Object.entries(await jobs.countByStatus())) byStatus.set({ status }, count);
    await sampleUsage?.();
  };
}

async function countEvents(registry: Registry, { jobs, signal }: JobMetricsOptions): Promise<void> {
  const registers = [registry];
  const started = new Counter({ name: "lpr_job_starts_total", help: "Jobs that were started", registers });
  const ended = new Counter({
    ...{ name: "lpr_job_ends_total", help: "Jobs that have ended, by status and reason", registers },
    labelNames: ["status", "reason"],
  });
  const duration = new Histogram({
    ...{ name: "lpr_job_duration_seconds", help: "How long jobs ran", buckets: BUCKETS, registers },
    labelNames: ["status"],
  });
  const count = ({ type, job: { state, startedAt } }: JobEvent) => {
    if (type === "STARTED") started.inc();
    if (type !== "ENDED" || state.status === "RUNNING") return;
    const { status, reason, finishedAt } = state;
    ended.inc({ status, reason });
    duration.observe({ status }, (finishedAt.getTime() - startedAt.getTime()) / 1_000);
  };
  while (!signal.aborted) {
    try {
      for await (const event of jobs.watch({ sinceSequence: jobs.lastSequence }, { signal })) count(event);
    } catch (error) {
      // An agent that is too busy to count them misses some, and counts those that follow.
      const isBehind = error instanceof JobError && error.code === "SEQUENCE_GONE";
      if (!signal.aborted && !isBehind) throw error;
    }
  }
}

function usageMetrics(registry: Registry, jobs: JobMetricsOptions["jobs"]): () => Promise<void> {
  const labels = { labelNames: ["job", "tenant"], registers: [registry] };
  const cpu = new Counter({
    ...{ name: "lpr_job_cpu_seconds_total", help: "Processor time of a running job", ...labels },
  });
  const memory = new Gauge({
    ...{ name: "lpr_job_memory_bytes", help: "Memory of a running job, page cache included", ...labels },
  });
  const processes = new Gauge({
    ...{ name: "lpr_job_processes", help: "Processes and threads of a running job", ...labels },
  });
  return async () => {
    const sample = await jobs.stats({});
    for (const each of [cpu, memory, processes]) each.reset();
    for (const { name: job, createdBy: tenant, usage } of sample) {
      // All of them have been reset: to add is to set.
      const set = (metric: Counter | Gauge, value: number | undefined) => {
        if (value !== undefined) metric.inc({ job, tenant }, value);
      };
      set(cpu, usage.cpuMs === undefined ? undefined : usage.cpuMs / 1_000);
      set(memory, usage.memoryBytes);
      set(processes, usage.processes);
    }
  };
}
