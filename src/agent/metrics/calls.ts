import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { CallObserver } from "./observer.ts";

/** From a call that only looks something up to one that starts a job; in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Calls that last as long as somebody is interested: their duration says nothing. */
const LASTING = new Set(["StreamLogs", "Stats", "Watch", "Wait", "Stop", "Health.Watch"]);

/** Counts and times calls. */
export function callMetrics(registry: Registry): CallObserver {
  const registers = [registry];
  const calls = new Counter({
    ...{ name: "lpr_rpc_calls_total", help: "Calls that have ended, by their gRPC status", registers },
    labelNames: ["rpc", "code"],
  });
  const open = new Gauge({
    ...{ name: "lpr_rpc_open_calls", help: "Calls under way; of StreamLogs they are followers", registers },
    labelNames: ["rpc"],
  });
  const duration = new Histogram({
    ...{
      name: "lpr_rpc_duration_seconds",
      help: "Time to answer calls that do not wait for a job",
      registers,
    },
    ...{ labelNames: ["rpc"], buckets: BUCKETS },
  });
  const streamed = new Counter({
    ...{ name: "lpr_stream_bytes_total", help: "Output of jobs that was sent to readers", registers },
  });
  return {
    begin(rpc) {
      const started = performance.now();
      open.inc({ rpc });
      return {
        sent(message) {
          if (rpc === "StreamLogs") streamed.inc((message as { output: Uint8Array }).output.length);
        },
        ended(code) {
          open.dec({ rpc });
          calls.inc({ rpc, code });
          if (!LASTING.has(rpc)) duration.observe({ rpc }, (performance.now() - started) / 1_000);
        },
      };
    },
  };
}
