import { Counter, Gauge, type Registry } from "prom-client";
import { COMMIT, VERSION } from "../../version.ts";
import { REFUSAL_KINDS, type Refusals } from "../refusals.ts";
import type { LiveTls } from "../tls/live.ts";

export interface AgentMetricsOptions {
  readonly refusals: Pick<Refusals, "counts">;
  readonly tls: Pick<LiveTls, "current">;
}

/**
 * What the agent itself is and does.
 * @returns what looks at it, before somebody reads the registry
 */
export function agentMetrics(registry: Registry, { refusals, tls }: AgentMetricsOptions): () => void {
  const registers = [registry];
  const info = new Gauge({
    ...{ name: "lpr_agent_info", help: "1, with what the agent was built from", registers },
    labelNames: ["version", "commit", "bun"],
  });
  info.set({ version: VERSION, commit: COMMIT, bun: Bun.version }, 1);
  const expiry = new Gauge({
    ...{
      name: "lpr_certificate_expiry_timestamp_seconds",
      help: "When the agent's certificate ends",
      registers,
    },
  });
  const refused = new Counter({
    ...{ name: "lpr_refusals_total", help: "Connections and calls that were refused, by kind", registers },
    labelNames: ["kind"],
  });
  const memory = new Gauge({
    ...{ name: "process_resident_memory_bytes", help: "Memory of the agent, without its jobs", registers },
  });
  const cpu = new Counter({
    ...{
      name: "process_cpu_seconds_total",
      help: "Processor time of the agent, without its jobs",
      registers,
    },
  });
  const start = new Gauge({
    ...{ name: "process_start_time_seconds", help: "When the agent was started", registers },
  });
  start.set(Date.now() / 1_000 - process.uptime());
  return () => {
    expiry.set(tls.current.certificate.validToDate.getTime() / 1_000);
    memory.set(process.memoryUsage.rss());
    const { user, system } = process.cpuUsage();
    replace(cpu, {}, (user + system) / 1e6);
    for (const kind of REFUSAL_KINDS) replace(refused, { kind }, refusals.counts[kind]);
  };
}

/** Somebody else counts; a counter can only be added to, or begun anew. */
function replace(counter: Counter, labels: Record<string, string>, total: number): void {
  counter.remove(labels);
  counter.inc(labels, total);
}
