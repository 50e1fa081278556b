import type { Limits, Usage } from "../job/types.ts";
import { fitTable } from "./fit-table.ts";
import { cutInside } from "./fit-text.ts";
import { fields } from "./output.ts";
import { printable } from "./quote.ts";
import type { RatedStats, Rates } from "./rates.ts";
import { limitsDocument } from "./render-limits.ts";
import { formatSpan, type UsageDocument, usageDocument } from "./render-usage.ts";
import { formatSize } from "./size.ts";
import { percentOf } from "./summary.ts";

const NOT_MEASURED = "-";
const NAME = { head: "NAME", least: 12, cut: cutInside };

/** Jobs, one a line, as they are now: rates, the busiest first. `width` is how wide a line may be. */
export function renderRates(jobs: readonly RatedStats[], width?: number): string {
  const heads = ["CPU / LIMIT", "THROTTLED", "MEMORY / LIMIT", "PIDS", "READ", "WRITE"];
  const busiestFirst = jobs.toSorted((a, b) => (b.rates.cpuCores ?? 0) - (a.rates.cpuCores ?? 0));
  const rows = busiestFirst.map(({ stats: { name, usage, limitsInEffect: limits }, rates }) => [
    name,
    show(rates.cpuCores, percent, limits.cpuCores),
    show(rates.throttled, percent),
    show(usage.memoryBytes, formatSize, limits.memoryBytes),
    show(usage.processes, String),
    show(rates.ioReadBytesPerSecond, perSecond),
    show(rates.ioWriteBytesPerSecond, perSecond),
  ]);
  return fitTable([NAME, ...heads.map((head) => ({ head }))], rows, width);
}

/** Jobs, one a line, as a single sample tells: what they have used in all. */
export function renderTotals(jobs: readonly RatedStats[], width?: number): string {
  const heads = ["CPU TIME", "THROTTLED", "MEMORY / LIMIT", "PEAK", "PIDS", "READ", "WRITTEN"];
  const rows = jobs.map(({ stats: { name, usage, limitsInEffect: limits } }) => [
    name,
    show(usage.cpuMs, formatSpan),
    show(usage.throttledMs, formatSpan),
    show(usage.memoryBytes, formatSize, limits.memoryBytes),
    show(usage.memoryPeakBytes, formatSize),
    show(usage.processes, String),
    show(usage.ioReadBytes, formatSize),
    show(usage.ioWriteBytes, formatSize),
  ]);
  return fitTable([NAME, ...heads.map((head) => ({ head }))], rows, width);
}

/** One job, a field a line. */
export function renderStats({ stats, rates }: RatedStats): string {
  const { usage, limitsInEffect: limits } = stats;
  const cpu = nowOf(rates.cpuCores, percent, limits.cpuCores);
  const read = nowOf(rates.ioReadBytesPerSecond, perSecond, limits.ioReadBytesPerSecond);
  const written = nowOf(rates.ioWriteBytesPerSecond, perSecond, limits.ioWriteBytesPerSecond);
  const peak = usage.memoryPeakBytes;
  return fields([
    ["Name", stats.name],
    ["Created by", printable(stats.createdBy)],
    ["Running for", formatSpan(stats.time.getTime() - stats.startedAt.getTime())],
    ["CPU", facts(cpu, inAll(usage.cpuMs, formatSpan))],
    ["Throttled", facts(show(rates.throttled, percent), inAll(usage.throttledMs, formatSpan))],
    [
      "Memory",
      facts(
        nowOf(usage.memoryBytes, formatSize, limits.memoryBytes),
        ...(peak === undefined ? [] : [`peak ${formatSize(peak)}`]),
      ),
    ],
    ["Pids", nowOf(usage.processes, String, limits.pids)],
    ["Disk read", facts(read, inAll(usage.ioReadBytes, formatSize))],
    ["Disk write", facts(written, inAll(usage.ioWriteBytes, formatSize))],
    ["Waited for", waiting(usage.pressure)],
  ]);
}

/** As `-o json` and `-o yaml` print a sample: every key is there, null where there is nothing to tell. */
export interface SampleDocument {
  readonly time: string;
  readonly jobs: readonly StatsDocument[];
}

interface StatsDocument {
  readonly name: string;
  readonly id: string;
  readonly createdBy: string;
  readonly startedAt: string;
  readonly limitsInEffect: Record<keyof Limits, number | string | null>;
  readonly usage: UsageDocument;
  readonly rates: Record<keyof Rates, number | null>;
}

export function sampleDocument(jobs: readonly RatedStats[], now = new Date()): SampleDocument {
  const time = jobs[0]?.stats.time ?? now;
  return {
    time: time.toISOString(),
    jobs: jobs.map(({ stats, rates }) => ({
      name: stats.name,
      id: stats.id,
      createdBy: stats.createdBy,
      startedAt: stats.startedAt.toISOString(),
      limitsInEffect: limitsDocument(stats.limitsInEffect),
      usage: usageDocument(stats.usage),
      rates: {
        cpuCores: rates.cpuCores ?? null,
        throttled: rates.throttled ?? null,
        ioReadBytesPerSecond: rates.ioReadBytesPerSecond ?? null,
        ioWriteBytesPerSecond: rates.ioWriteBytesPerSecond ?? null,
      },
    })),
  };
}

/** `value / limit` where there is a limit. */
function show(value: number | undefined, format: (value: number) => string, limit?: number): string {
  const text = value === undefined ? NOT_MEASURED : format(value);
  return limit === undefined ? text : `${text} / ${format(limit)}`;
}

/** With the share of the limit; the limit alone where nothing can be said of the present. */
function nowOf(value: number | undefined, format: (value: number) => string, limit?: number): string {
  if (limit === undefined) return show(value, format);
  if (value === undefined) return `limit ${format(limit)}`;
  return `${show(value, format, limit)} (${percentOf(value, limit)}%)`;
}

function inAll(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? NOT_MEASURED : `${format(value)} in all`;
}

/** Those that tell something. */
function facts(...texts: readonly string[]): string {
  return texts.filter((text) => text !== NOT_MEASURED).join(", ") || NOT_MEASURED;
}

function waiting(pressure: Usage["pressure"] = {}): string {
  const shares = (["cpu", "memory", "io"] as const).flatMap((name) => {
    const share = pressure[name]?.someAvg10;
    return share === undefined ? [] : [`${name} ${share}%`];
  });
  return shares.length === 0 ? NOT_MEASURED : `${shares.join(", ")} of the last 10s`;
}

/** Of one core. */
function percent(cores: number): string {
  return `${Number((cores * 100).toFixed(1))}%`;
}

function perSecond(bytes: number): string {
  return `${formatSize(bytes)}/s`;
}
