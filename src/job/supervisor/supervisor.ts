import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { isAlive, isTaken, type ProcessStat, sendSignal } from "../processes.ts";
import { readExitRecord } from "./exit-record.ts";

/** The shell beside a job, which records its exit code. */
export interface Supervisor {
  /** The job's main process, leader of its session. Unknown when the supervisor did not come to tell. */
  readonly main: ProcessStat | undefined;
  /** Resolves when the supervisor has recorded the exit code, or is gone without. */
  readonly exited: Promise<unknown>;
  /**
   * Sees to it that it is outside the job's cgroup: to be called before anything is done to all that is in there,
   * as long as there is no exit record. @throws what the kernel says
   */
  readonly stepAside: () => void;
  /** Lets it go on where somebody has stopped it: it would never record the end. */
  readonly resume: () => void;
  /** From now on this process may end before the job does. */
  readonly detach: () => void;
}

/**
 * Time between two looks at whether an adopted supervisor lives, in milliseconds. Its record is heard of at once,
 * by inotify; only a supervisor that is killed is noticed this late.
 */
const LIVENESS_POLL_MS = 2_000;
/** So many looks ask only whether the pid is taken, which costs a tenth; the next one, whether it is still his. */
const QUICK_LOOKS = 14;

/** A supervisor that another process started, of which only its files and its pid are left to watch. */
export function watchSupervisor(
  jobDir: string,
  stat: ProcessStat,
  main: ProcessStat | undefined,
): Supervisor {
  const { promise: exited, resolve } = Promise.withResolvers<void>();
  const end = () => {
    detach();
    resolve();
  };
  const lookAtRecord = () => endIf(() => readExitRecord(jobDir) !== undefined);
  let looks = 0;
  const lookAtLife = () =>
    endIf(() => (looks++ % (QUICK_LOOKS + 1) === 0 ? !isAlive(stat) : !isTaken(stat.pid)));
  const endIf = (holds: () => boolean) => {
    try {
      if (holds()) end();
    } catch {
      // No descriptor left, for instance: the next look will tell.
    }
  };
  let watcher: FSWatcher | undefined;
  const poll = setInterval(lookAtLife, LIVENESS_POLL_MS);
  const detach = () => {
    clearInterval(poll);
    watcher?.close();
  };
  try {
    watcher = watch(join(jobDir, "exit"), lookAtRecord);
    watcher.on("error", () => watcher?.close());
  } catch {
    // EMFILE, or a job directory without the file: the poll alone does it, at its pace.
    watcher = undefined;
  }
  lookAtRecord();
  lookAtLife();
  const resume = () => {
    if (isAlive(stat)) sendSignal(stat.pid, "SIGCONT");
  };
  return { main, exited, detach, resume, stepAside: () => undefined };
}

/** A supervisor that is gone. */
export function goneSupervisor(): Supervisor {
  const nothing = () => undefined;
  return { main: undefined, exited: Promise.resolve(), detach: nothing, resume: nothing, stepAside: nothing };
}
