import type { Usage } from "../job/types.ts";
import { formatDuration } from "./duration.ts";

/** As `formatDuration`, and hundredths of a second where they count. */
export function formatSpan(ms: number): string {
  return ms < 1_000 || ms >= 60_000 ? formatDuration(ms) : `${Number((ms / 1000).toFixed(2))}s`;
}

type PressureDocument = { readonly someAvg10: number; readonly someTotalMs: number } | null;

/** Usage as documents print it: every key is there, null where the host does not measure it. */
export interface UsageDocument extends Record<Exclude<keyof Usage, "pressure">, number | null> {
  readonly pressure: Record<"cpu" | "memory" | "io", PressureDocument>;
}

export function usageDocument({ pressure, ...usage }: Usage): UsageDocument {
  return {
    cpuMs: usage.cpuMs ?? null,
    userMs: usage.userMs ?? null,
    systemMs: usage.systemMs ?? null,
    throttledMs: usage.throttledMs ?? null,
    memoryBytes: usage.memoryBytes ?? null,
    memoryPeakBytes: usage.memoryPeakBytes ?? null,
    ioReadBytes: usage.ioReadBytes ?? null,
    ioWriteBytes: usage.ioWriteBytes ?? null,
    processes: usage.processes ?? null,
    oomKills: usage.oomKills ?? null,
    pressure: {
      cpu: pressure?.cpu ?? null,
      memory: pressure?.memory ?? null,
      io: pressure?.io ?? null,
    },
  };
}
