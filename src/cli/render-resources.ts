import type { Limits } from "../job/types.ts";
import { fitTable } from "./fit-table.ts";
import { limitRows } from "./render-limits.ts";
import { formatSpan } from "./render-usage.ts";
import { formatSize } from "./size.ts";
import { type ObservedJob, percentOf, ranForMs } from "./summary.ts";

/** What a job asked for, what it got, and what it uses of that: a line each; undefined when there is nothing to tell. */
export function renderResources(observed: ObservedJob): string | undefined {
  const { job } = observed;
  const asked = new Map(limitRows(job.limits));
  const inEffect = new Map(limitRows(job.limitsInEffect));
  const used = new Map(usedRows(observed));
  const names = [...new Set([...used.keys(), ...asked.keys(), ...inEffect.keys()])];
  if (names.length === 0) return undefined;
  return fitTable(
    [{ head: "RESOURCE" }, { head: "ASKED FOR" }, { head: "IN EFFECT" }, { head: "USED" }],
    names.map((name) => [name, asked.get(name) ?? "-", inEffect.get(name) ?? "-", used.get(name) ?? "-"]),
  );
}

/** By the names of the limits. What the host does not measure is left out. */
function usedRows(observed: ObservedJob): [name: string, used: string][] {
  const { job, usage = {} } = observed;
  const limits = job.limitsInEffect;
  const running = job.state.status === "RUNNING";
  const rows: [string, string][] = [];
  const add = (name: string, ...facts: readonly string[]) => {
    if (facts.length > 0) rows.push([name, facts.join(", ")]);
  };
  add("cpu", ...cpuFacts(observed));
  const { memoryBytes: now, memoryPeakBytes: peak } = usage;
  add(
    "memory",
    ...(running && now !== undefined ? [`${formatSize(now)} now${share(now, limits.memoryBytes)}`] : []),
    ...(peak === undefined ? [] : [`${formatSize(peak)} at most${share(peak, limits.memoryBytes)}`]),
  );
  if (running && usage.processes !== undefined) {
    add("pids", `${usage.processes} now${share(usage.processes, limits.pids)}`);
  }
  add("io-read", ...diskFacts(observed, usage.ioReadBytes, "ioReadBytesPerSecond"));
  add("io-write", ...diskFacts(observed, usage.ioWriteBytes, "ioWriteBytesPerSecond"));
  return rows;
}

function cpuFacts(observed: ObservedJob): string[] {
  const { job, usage: { cpuMs, throttledMs } = {} } = observed;
  const elapsed = ranForMs(observed);
  if (cpuMs === undefined || elapsed === 0) return [];
  const cores = cpuMs / elapsed;
  const shown = Number(cores.toFixed(2));
  const average =
    shown === 0 ? "" : `: ${shown} cores on average${share(cores, job.limitsInEffect.cpuCores)}`;
  return [
    `${formatSpan(cpuMs)}${average}`,
    ...(throttledMs ? [`held back for ${formatSpan(throttledMs)}`] : []),
  ];
}

function diskFacts(observed: ObservedJob, bytes: number | undefined, limit: keyof Limits): string[] {
  const elapsed = ranForMs(observed);
  if (!bytes || elapsed === 0) return [];
  const perSecond = (bytes / elapsed) * 1000;
  const most = observed.job.limitsInEffect[limit] as number | undefined;
  return [`${formatSize(bytes)}: ${formatSize(perSecond)}/s on average${share(perSecond, most)}`];
}

/** Of the limit, where there is one. */
function share(value: number, limit: number | undefined): string {
  const percent = percentOf(value, limit);
  return percent === undefined ? "" : ` (${percent}%)`;
}
