import type { Usage } from "../job/types.ts";
import { formatDuration } from "./duration.ts";
import { formatSize } from "./size.ts";

/** What a job has used in all, as far as its host measures it. */
export function usageRows(usage: Usage): [name: string, value: string][] {
  const { cpuMs, userMs = 0, systemMs = 0, throttledMs, memoryPeakBytes, oomKills, pressure } = usage;
  const rows: [string, string][] = [];
  if (cpuMs !== undefined) {
    const held = throttledMs ? `; held back by its limit for ${formatSpan(throttledMs)}` : "";
    rows.push([
      "CPU time",
      `${formatSpan(cpuMs)} (user ${formatSpan(userMs)}, system ${formatSpan(systemMs)})${held}`,
    ]);
  }
  if (memoryPeakBytes !== undefined) rows.push(["Memory peak", formatSize(memoryPeakBytes)]);
  if (oomKills)
    rows.push(["Out of memory", `${oomKills} ${oomKills === 1 ? "process" : "processes"} killed`]);
  const { ioReadBytes, ioWriteBytes } = usage;
  if (ioReadBytes !== undefined && ioWriteBytes !== undefined) {
    rows.push(["Disk", `${formatSize(ioReadBytes)} read, ${formatSize(ioWriteBytes)} written`]);
  }
  const waits = (["cpu", "memory", "io"] as const).flatMap((name) => {
    const total = pressure?.[name]?.someTotalMs;
    return total === undefined ? [] : [`${name} ${formatSpan(total)}`];
  });
  if (waits.length > 0) rows.push(["Waited for", waits.join(", ")]);
  return rows;
}

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
