import { readdirSync, readFileSync } from "node:fs";

/** clock ticks of /proc are a hundredth of a second on every Linux that Bun runs on: USER_HZ. */
const TICKS_PER_SECOND = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Of the process and of those of its children that it has waited for, in seconds. */
  readonly cpuWithChildren: number;
  /** Of the process alone, in seconds. */
  readonly cpu: number;
}

/** /proc/PID/stat, see proc_pid_stat(5). */
export function statOf(pid: number): Stat {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name, in brackets, may hold anything; the third field is the first one after it.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  const cpu = (field(14) + field(15)) / TICKS_PER_SECOND;
  return { pid, parent: field(4), cpu, cpuWithChildren: cpu + (field(16) + field(17)) / TICKS_PER_SECOND };
}

/** CPU time of each thread, in seconds: finer than the ticks of stat, for what is nearly idle. */
export function cpuOfThreads(pid: number): ReadonlyMap<string, number> {
  const seconds = (thread: string) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]) / 1e9;
  return new Map(readdirSync(`/proc/${pid}/task`).map((thread) => [thread, seconds(thread)]));
}

export interface Memory {
  /** Resident, what is shared with others included; in MB of a million bytes, as all figures here. */
  readonly resident: number;
  /** What the process alone has. */
  readonly private: number;
}

export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const megabytes = (name: string) =>
    (Number(new RegExp(`^${name}: +(\\d+) kB`, "m").exec(text)?.[1]) * 1_024) / 1e6;
  return {
    resident: megabytes("Rss"),
    private: megabytes("Private_Clean") + megabytes("Private_Dirty"),
  };
}

export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
}

export function nameOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
}
