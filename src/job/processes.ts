import { readdirSync, readFileSync } from "node:fs";

/** One process as /proc/PID/stat tells it (proc_pid_stat(5)). */
export interface ProcessStat {
  readonly pid: number;
  /** "Z" and "X" are dead already. */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks since boot: with the pid, this names a process for good. */
  readonly startTime: number;
}

/** Undefined when the line is not one. The command's name may hold spaces and brackets. */
export function parseStat(line: string): ProcessStat | undefined {
  const nameEnd = line.lastIndexOf(")");
  const pid = Number.parseInt(line, 10);
  const fields = line.slice(nameEnd + 2).split(" ");
  const [state, parent, group, session] = fields;
  // Field 22 of the line; the first two lie before the cut.
  const startTime = Number(fields[19]);
  if (nameEnd < 0 || !(pid > 0) || state === undefined || !Number.isSafeInteger(startTime)) return undefined;
  return { pid, state, parent: Number(parent), group: Number(group), session: Number(session), startTime };
}

/** Undefined when there is no such process (any more). */
export function readProcess(pid: number): ProcessStat | undefined {
  const line = readOrGone(`/proc/${pid}/stat`);
  return line === undefined ? undefined : parseStat(line);
}

/** An isolated job has two processes between its supervisor and itself: unshare(1), and process 1 of its namespaces. */
const MAX_GENERATIONS = 3;

/** Whether a process is a child of that one, or a grandchild's child at most. */
export function descendsFrom(child: ProcessStat, ancestor: number): boolean {
  let { parent } = child;
  for (let generation = 1; generation < MAX_GENERATIONS && parent !== ancestor; generation++) {
    const next = readProcess(parent);
    if (next === undefined) return false;
    parent = next.parent;
  }
  return parent === ancestor;
}

export function isAlive({ pid, startTime }: Pick<ProcessStat, "pid" | "startTime">): boolean {
  const found = readProcess(pid);
  return found !== undefined && found.startTime === startTime && found.state !== "Z" && found.state !== "X";
}

let boot: string | undefined;

/** Names this run of the kernel: after a reboot every pid is somebody else's. */
export function bootId(): string {
  boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  return boot;
}

/** Whether the pid is taken, by whomever: a system call alone, where isAlive() reads a file. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Every process that this process may see. */
export function listProcesses(): ProcessStat[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== undefined);
}

/** Whether the process was started with this entry in its environment; false when that cannot be read. */
export function hasInEnvironment(pid: number, entry: string): boolean {
  const environment = readOrGone(`/proc/${pid}/environ`);
  return environment?.split("\0").includes(entry) ?? false;
}

/** Sends the signal; false when the process is gone. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/** Undefined for a process that has ended, also between open and read, or that is another account's. */
function readOrGone(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return undefined;
    throw error;
  }
}
