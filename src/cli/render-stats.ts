import type { Limits, Usage } from "../job/types.ts";
import { fields, table } from "./output.ts";
import { printable } from "./quote.ts";
import type { RatedStats, Rates } from "./rates.ts";
import { limitsDocument } from "./render-limits.ts";
import { formatSpan, type UsageDocument, usageDocument } from "./render-usage.ts";
import { formatSize } from "./size.ts";

/** Jobs, one a line, as they are now: rates. */
export function renderRates(jobs: readonly RatedStats[]): string {
  const head = ["NAME", "CPU / LIMIT", "THROTTLED", "MEMORY / LIMIT", "PIDS", "READ", "WRITE"];
  const rows = jobs.map(({ stats: { name, usage, limitsInEffect: limits }, rates }) => [
    name,
    ofLimit(show(rates.cpuCores, percent), limits.cpuCores, percent),
    show(rates.throttled, percent),
    ofLimit(show(usage.memoryBytes, formatSize), limits.memoryBytes, formatSize),
    show(usage.processes, String),
    show(rates.ioReadBytesPerSecond, perSecond),
    show(rates.ioWriteBytesPerSecond, perSecond),
  ]);
  return table(head, rows);
}

/** Jobs, one a line, as a single sample tells: what they have used in all. */
export function renderTotals(jobs: readonly RatedStats[]): string {
  const head = ["NAME", "CPU TIME", "THROTTLED", "MEMORY / LIMIT", "PEAK", "PIDS", "READ", "WRITTEN"];
  const rows = jobs.map(({ stats: { name, usage, limitsInEffect: limits } }) => [
    name,
    show(usage.cpuMs, formatSpan),
    show(usage.throttledMs, formatSpan),
    ofLimit(show(usage.memoryBytes, formatSize), limits.memoryBytes, formatSize),
    show(usage.memoryPeakBytes, formatSize),
    show(usage.processes, String),
    show(usage.ioReadBytes, formatSize),
    show(usage.ioWriteBytes, formatSize),
  ]);
  return table(head, rows);
}

/** One job, a field a line. */
export function renderStats({ stats, rates }: RatedStats): string {
  const { usage, limitsInEffect: limits } = stats;
  const lately = Object.keys(rates).length > 0;
  const now = (text: string) => (lately ? [text] : []);
  const rows: [string, string[]][] = [
    ["Name", [stats.name]],
    ["Created by", [printable(stats.createdBy)]],
    ["Running for", [formatSpan(stats.time.getTime() - stats.startedAt.getTime())]],
    [
      "CPU",
      [
        ...now(ofLimit(show(rates.cpuCores, percent), limits.cpuCores, percent)),
        inAll(usage.cpuMs, formatSpan),
      ],
    ],
    ["Throttled", [...now(show(rates.throttled, percent)), inAll(usage.throttledMs, formatSpan)]],
    [
      "Memory",
      [
        ofLimit(show(usage.memoryBytes, formatSize), limits.memoryBytes, formatSize),
        ...(usage.memoryPeakBytes === undefined ? [] : [`peak ${formatSize(usage.memoryPeakBytes)}`]),
      ],
    ],
    ["Pids", [ofLimit(show(usage.processes, String), limits.pids, String)]],
    [
      "Disk read",
      ioTexts(rates.ioReadBytesPerSecond, limits.ioReadBytesPerSecond, usage.ioReadBytes, lately),
    ],
    [
      "Disk write",
      ioTexts(rates.ioWriteBytesPerSecond, limits.ioWriteBytesPerSecond, usage.ioWriteBytes, lately),
    ],
    ["Waiting", [waiting(usage.pressure)]],
  ];
  return fields(rows.map(([name, texts]) => [name, texts.join(", ")]));
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

function show(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? "-" : format(value);
}

function ofLimit(text: string, limit: number | undefined, format: (value: number) => string): string {
  return limit === undefined ? text : `${text} / ${format(limit)}`;
}

function inAll(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? "-" : `${format(value)} in all`;
}

function ioTexts(
  rate: number | undefined,
  limit: number | undefined,
  total: number | undefined,
  lately: boolean,
): string[] {
  return [...(lately ? [ofLimit(show(rate, perSecond), limit, perSecond)] : []), inAll(total, formatSize)];
}

function waiting(pressure: Usage["pressure"] = {}): string {
  const shares = (["cpu", "memory", "io"] as const).flatMap((name) => {
    const share = pressure[name]?.someAvg10;
    return share === undefined ? [] : [`for ${name} ${share}%`];
  });
  return shares.length === 0 ? "-" : `${shares.join(", ")} of the last 10s`;
}

/** Of one core. */
function percent(cores: number): string {
  return `${Number((cores * 100).toFixed(1))}%`;
}

function perSecond(bytes: number): string {
  return `${formatSize(bytes)}/s`;
}
