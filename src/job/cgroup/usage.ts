import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Share of time in which processes waited for a resource: pressure stall information. */
export interface Pressure {
  /** Percent of the last 10 seconds in which at least one process waited. */
  readonly someAvg10: number;
  /** Time in which at least one process waited, since the start, in milliseconds. */
  readonly someTotalMs: number;
}

/** What a job has used so far, all of its processes together. What the host does not measure is absent. */
export interface Usage {
  /** Processor time, in milliseconds. */
  readonly cpuMs?: number;
  readonly userMs?: number;
  readonly systemMs?: number;
  /** Time for which the cpu limit held processes back, in milliseconds, summed over the processors. */
  readonly throttledMs?: number;
  /** Memory in use now, page cache included. */
  readonly memoryBytes?: number;
  /** The most memory in use at any time. */
  readonly memoryPeakBytes?: number;
  /** Read from and written to disks, not to the page cache. On stacked disks (LVM, RAID) each layer counts. */
  readonly ioReadBytes?: number;
  readonly ioWriteBytes?: number;
  /** Processes and threads now. */
  readonly processes?: number;
  /** Processes that were killed because the job, or the host, had no memory left. */
  readonly oomKills?: number;
  readonly pressure?: {
    readonly cpu?: Pressure;
    readonly memory?: Pressure;
    readonly io?: Pressure;
  };
}

const FILES = [
  "cpu.stat",
  "memory.current",
  "memory.peak",
  "memory.events",
  "memory.events.local",
  "io.stat",
  "pids.current",
  "cgroup.procs",
  "cpu.pressure",
  "memory.pressure",
  "io.pressure",
] as const;

type Texts = Partial<Record<(typeof FILES)[number], string>>;

/** Usage of a job's group, its processes running or gone; undefined when the group itself is gone. */
export function readUsage(groupDir: string): Usage | undefined {
  const present = filesIn(groupDir);
  if (present === undefined) return undefined;
  const texts: Texts = {};
  for (const file of FILES) {
    const text = present.has(file) ? readOrGone(join(groupDir, file)) : undefined;
    if (text !== undefined) texts[file] = text;
  }
  return usageIn(texts);
}

/** Usage as the texts of a group's files tell it. Admin guide of the kernel, "Control Group v2". */
export function usageIn(texts: Texts): Usage {
  const cpu = keyedNumbers(texts["cpu.stat"]);
  const io = ioBytes(texts["io.stat"]);
  return withoutAbsent({
    cpuMs: toMs(cpu["usage_usec"]),
    userMs: toMs(cpu["user_usec"]),
    systemMs: toMs(cpu["system_usec"]),
    throttledMs: toMs(cpu["throttled_usec"]),
    memoryBytes: number(texts["memory.current"]),
    memoryPeakBytes: number(texts["memory.peak"]),
    ioReadBytes: io?.read,
    ioWriteBytes: io?.written,
    // Without the pids controller threads are not counted, but processes are listed.
    processes: number(texts["pids.current"]) ?? lines(texts["cgroup.procs"])?.length,
    // The job's own group: a group that the job made below it has limits that are not the job's.
    oomKills: keyedNumbers(texts["memory.events.local"] ?? texts["memory.events"])["oom_kill"],
    pressure: presentPressure(texts),
  });
}

/** Lines of the form `NAME NUMBER`. */
function keyedNumbers(text: string | undefined): Partial<Record<string, number>> {
  return Object.fromEntries(
    (lines(text) ?? [])
      .map((line) => line.split(" "))
      .map(([key, value]) => [key, number(value)] as const)
      .filter(([key, value]) => key !== undefined && value !== undefined),
  );
}

/** Lines such as `8:0 rbytes=4096 wbytes=0 rios=1 ...`; no line means no io so far. */
function ioBytes(text: string | undefined): { read: number; written: number } | undefined {
  if (text === undefined) return undefined;
  const sum = (key: string) =>
    [...text.matchAll(new RegExp(`\\b${key}=(\\d+)`, "g"))].reduce(
      (total, [, bytes]) => total + Number(bytes),
      0,
    );
  return { read: sum("rbytes"), written: sum("wbytes") };
}

function presentPressure(texts: Texts): Usage["pressure"] {
  const pressure = withoutAbsent({
    cpu: parsePressure(texts["cpu.pressure"]),
    memory: parsePressure(texts["memory.pressure"]),
    io: parsePressure(texts["io.pressure"]),
  });
  return Object.keys(pressure).length === 0 ? undefined : pressure;
}

/** The line `some avg10=0.00 avg60=0.00 avg300=0.00 total=0`, total in microseconds. */
function parsePressure(text: string | undefined): Pressure | undefined {
  const match = /^some avg10=([\d.]+) .*total=(\d+)$/m.exec(text ?? "");
  if (match === null) return undefined;
  return { someAvg10: Number(match[1]), someTotalMs: Number(match[2]) / 1000 };
}

function toMs(microseconds: number | undefined): number | undefined {
  return microseconds === undefined ? undefined : microseconds / 1000;
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+\s*$/.test(text) ? Number(text) : undefined;
}

function lines(text: string | undefined): string[] | undefined {
  return text?.split("\n").filter((line) => line !== "");
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

function filesIn(dir: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(dir));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** ENODEV: removed after it was opened. EOPNOTSUPP: pressure is off (psi=0, cgroup.pressure). */
function readOrGone(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENODEV", "EOPNOTSUPP"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return undefined;
    throw error;
  }
}
