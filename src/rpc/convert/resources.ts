/** Limits and usage, to and from the wire: pure, each field mapped once per direction. */
import type { Limits, Usage } from "../../job/types.ts";
import type { job_runner as wire } from "../generated/job_runner.js";

export function toResources(limits: Limits): wire.Resources {
  return {
    cpuCores: limits.cpuCores ?? 0,
    memoryBytes: limits.memoryBytes ?? 0,
    pids: limits.pids ?? 0,
    ioReadBytesPerSecond: limits.ioReadBytesPerSecond ?? 0,
    ioWriteBytesPerSecond: limits.ioWriteBytesPerSecond ?? 0,
    ioReadOpsPerSecond: limits.ioReadOpsPerSecond ?? 0,
    ioWriteOpsPerSecond: limits.ioWriteOpsPerSecond ?? 0,
    ioDevice: limits.ioDevice ?? "",
    openFiles: limits.openFiles ?? 0,
  };
}

export function fromResources(resources: wire.Resources | null | undefined): Limits {
  if (!resources) return {};
  return present({
    cpuCores: resources.cpuCores || undefined,
    memoryBytes: resources.memoryBytes || undefined,
    pids: resources.pids || undefined,
    ioReadBytesPerSecond: resources.ioReadBytesPerSecond || undefined,
    ioWriteBytesPerSecond: resources.ioWriteBytesPerSecond || undefined,
    ioReadOpsPerSecond: resources.ioReadOpsPerSecond || undefined,
    ioWriteOpsPerSecond: resources.ioWriteOpsPerSecond || undefined,
    ioDevice: resources.ioDevice || undefined,
    openFiles: resources.openFiles || undefined,
  });
}

export function toUsage(usage: Usage): wire.Usage {
  const { pressure, ...numbers } = usage;
  return {
    ...numbers,
    cpuPressure: pressure?.cpu ?? null,
    memoryPressure: pressure?.memory ?? null,
    ioPressure: pressure?.io ?? null,
  };
}

export function fromUsage(usage: wire.Usage): Usage {
  const pressure = present({
    cpu: fromPressure(usage.cpuPressure),
    memory: fromPressure(usage.memoryPressure),
    io: fromPressure(usage.ioPressure),
  });
  return present({
    cpuMs: usage.cpuMs ?? undefined,
    userMs: usage.userMs ?? undefined,
    systemMs: usage.systemMs ?? undefined,
    throttledMs: usage.throttledMs ?? undefined,
    memoryBytes: usage.memoryBytes ?? undefined,
    memoryPeakBytes: usage.memoryPeakBytes ?? undefined,
    ioReadBytes: usage.ioReadBytes ?? undefined,
    ioWriteBytes: usage.ioWriteBytes ?? undefined,
    processes: usage.processes ?? undefined,
    oomKills: usage.oomKills ?? undefined,
    pressure: Object.keys(pressure).length === 0 ? undefined : pressure,
  });
}

function fromPressure(pressure: wire.Pressure | null | undefined) {
  return pressure ? { someAvg10: pressure.someAvg10, someTotalMs: pressure.someTotalMs } : undefined;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the entries that are undefined. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
