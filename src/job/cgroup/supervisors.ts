import { mkdirSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive, type ProcessStat } from "../processes.ts";

/**
 * A supervisor that was made inside its job's group is moved out of it after this time, in milliseconds. Of jobs that
 * end sooner, moving it would take longer than most of them do.
 */
const MOVED_AFTER_MS = 50;

/** The group of all supervisors, beside those of the jobs: what is done to a job does not reach its supervisor. */
export function makeSupervisorsGroup(cgroupRoot: string): string {
  // The dot keeps it apart from every job.
  const dir = join(cgroupRoot, "lpr.supervisors");
  mkdirSync(dir, { recursive: true });
  return dir;
}

/**
 * Moves a supervisor out of its job's group: in a while, in a thread that can wait, or when the function that is
 * returned is called. Moving takes the kernel an RCU grace period, some 10 ms, unless it has just moved another.
 */
export function moveOutSoon(supervisor: ProcessStat, to: string): () => void {
  const procs = join(to, "cgroup.procs");
  let inside = true;
  const move = async () => {
    try {
      if (isAlive(supervisor)) await writeFile(procs, String(supervisor.pid));
      inside = false;
    } catch {
      // When it matters it is tried again, and then the error is told.
    }
  };
  const timer = setTimeout(move, MOVED_AFTER_MS).unref();
  return () => {
    clearTimeout(timer);
    if (inside) moveOut(supervisor, to);
    inside = false;
  };
}

/** @throws what the kernel says; not for a supervisor that is gone */
export function moveOut(supervisor: ProcessStat, to: string): void {
  if (!isAlive(supervisor)) return;
  try {
    writeFileSync(join(to, "cgroup.procs"), String(supervisor.pid));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
