import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { JobError } from "../errors.ts";
import { sendSignal } from "../processes.ts";

/**
 * A job that may make groups below its own (root's, or one of a runtime for containers) is held to so many, so deep:
 * all of them are removed with the job, and the agent does nothing else meanwhile. Source: cgroup-v2.rst, "Core
 * Interface Files"; mkdir(2) then fails with EAGAIN.
 */
const NESTING = { "cgroup.max.depth": "32", "cgroup.max.descendants": "1000" } as const;

/** Makes the group of a job. A left-over one is used again when it is empty. */
export function createGroup(dir: string): void {
  if (existsSync(dir)) {
    if (isPopulated(dir)) {
      throw new JobError(
        "HOST_UNSUPPORTED",
        "processes of an earlier job of this name are still in its cgroup",
        {
          hint: "use another name, or end them on the host",
        },
      );
    }
    removeGroup(dir);
  }
  mkdirSync(dir);
  // Whatever the umask: programs look up there what they may use.
  chmodSync(dir, 0o755);
  for (const [file, most] of Object.entries(NESTING)) writeFileSync(join(dir, file), most);
}

/** Lets the processes of a group go on; nothing to do for one that is gone, or on a kernel without the file. */
export function thawGroup(dir: string): void {
  const freeze = join(dir, "cgroup.freeze");
  if (existsSync(freeze)) writeFileSync(freeze, "0");
}

/** Whether any process is in the group or below. False once the group is gone. */
export function isPopulated(dir: string): boolean {
  return /^populated 1$/m.test(readOr(join(dir, "cgroup.events"), ""));
}

/** SIGKILL for every process in the group and below it. Returns before they are gone. */
export function killGroup(dir: string): void {
  const kill = join(dir, "cgroup.kill");
  if (existsSync(kill)) {
    writeFileSync(kill, "1");
    return;
  }
  // Kernels before 5.14: frozen, nobody can fork while the list is read. SIGKILL reaches frozen processes.
  writeFileSync(join(dir, "cgroup.freeze"), "1");
  for (const pid of processesBelow(dir)) sendSignal(pid, "SIGKILL");
}

/**
 * Sends a signal to every process in the group and below it. Frozen meanwhile, where the kernel can (5.2 on),
 * so that a child that is just being forked does not escape; it is delivered when the group thaws.
 */
export function signalGroup(dir: string, signal: NodeJS.Signals): void {
  const freeze = join(dir, "cgroup.freeze");
  const freezes = existsSync(freeze);
  if (freezes) writeFileSync(freeze, "1");
  try {
    for (const pid of processesBelow(dir)) sendSignal(pid, signal);
  } finally {
    if (freezes) writeFileSync(freeze, "0");
  }
}

function processesBelow(dir: string): number[] {
  const children = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...processesIn(dir), ...children.flatMap((child) => processesBelow(join(dir, child.name)))];
}

export function processesIn(dir: string): number[] {
  return readOr(join(dir, "cgroup.procs"), "")
    .split("\n")
    .filter((line) => line !== "")
    .map(Number);
}

/**
 * Removes an empty group and those that the job made below it; false while the kernel still says EBUSY.
 * rmdir, never a recursive remove: cgroup files cannot be unlinked.
 */
export function removeGroup(dir: string): boolean {
  try {
    const children = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    if (!children.every((child) => removeGroup(join(dir, child.name)))) return false;
    rmdirSync(dir);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return true;
    if (code === "EBUSY") return false;
    throw error;
  }
}

function readOr(path: string, whenGone: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    // ENODEV: the group was removed after the file was opened.
    if (["ENOENT", "ENODEV"].includes((error as NodeJS.ErrnoException).code ?? "")) return whenGone;
    throw error;
  }
}
