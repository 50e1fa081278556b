import { Registry } from "prom-client";
import type { ListenAddress } from "../config.ts";
import { type AgentMetricsOptions, agentMetrics } from "./agent.ts";
import { callMetrics } from "./calls.ts";
import { type JobMetricsOptions, jobMetrics } from "./jobs.ts";
import type { CallObserver } from "./observer.ts";
import { type MetricsServer, serveMetrics } from "./serve.ts";

export interface Metrics {
  readonly calls: CallObserver;
  /** Begins to serve them. @throws JobError HOST_UNSUPPORTED when the address cannot be used */
  serve(at: ListenAddress): MetricsServer;
}

export function createMetrics(options: AgentMetricsOptions & JobMetricsOptions): Metrics {
  const registry = new Registry();
  const sampleAgent = agentMetrics(registry, options);
  const sampleJobs = jobMetrics(registry, options);
  const sample = async () => {
    sampleAgent();
    await sampleJobs();
  };
  return { calls: callMetrics(registry), serve: (at) => serveMetrics(at, registry, sample) };
}
