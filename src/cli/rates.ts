import type { JobStats } from "../job/types.ts";

/** What a job used between two samples, a second. What the host does not measure is absent. */
export interface Rates {
  /** Processor time, in cores. */
  readonly cpuCores?: number;
  /** Time for which the cpu limit held it back, in seconds a second, summed over the processors. */
  readonly throttled?: number;
  readonly ioReadBytesPerSecond?: number;
  readonly ioWriteBytesPerSecond?: number;
}

/** Without an earlier sample of the same job nothing can be said. */
export function ratesBetween(before: JobStats | undefined, now: JobStats): Rates {
  const seconds = before?.id === now.id ? (now.time.getTime() - before.time.getTime()) / 1000 : 0;
  if (before === undefined || seconds <= 0) return {};
  const rate = (earlier: number | undefined, later: number | undefined): number | undefined =>
    // Less than before: the counters began anew.
    earlier === undefined || later === undefined ? undefined : Math.max(0, later - earlier) / seconds;
  const [old, usage] = [before.usage, now.usage];
  const cpuMs = rate(old.cpuMs, usage.cpuMs);
  const throttledMs = rate(old.throttledMs, usage.throttledMs);
  const read = rate(old.ioReadBytes, usage.ioReadBytes);
  const written = rate(old.ioWriteBytes, usage.ioWriteBytes);
  return {
    ...(cpuMs === undefined ? {} : { cpuCores: cpuMs / 1000 }),
    ...(throttledMs === undefined ? {} : { throttled: throttledMs / 1000 }),
    ...(read === undefined ? {} : { ioReadBytesPerSecond: read }),
    ...(written === undefined ? {} : { ioWriteBytesPerSecond: written }),
  };
}

/** A sample of one job, and what it tells together with the sample before. */
export interface RatedStats {
  readonly stats: JobStats;
  readonly rates: Rates;
}

/** Adds rates to one sample after another. */
export class Rater {
  #before = new Map<string, JobStats>();

  next(sample: readonly JobStats[]): RatedStats[] {
    const rated = sample.map((stats) => ({ stats, rates: ratesBetween(this.#before.get(stats.id), stats) }));
    this.#before = new Map(sample.map((stats) => [stats.id, stats]));
    return rated;
  }
}
