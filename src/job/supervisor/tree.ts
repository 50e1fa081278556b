import { isPopulated, killGroup, removeGroup } from "../cgroup/group.ts";
import { hasInEnvironment, listProcesses, type ProcessStat, readProcess, sendSignal } from "../processes.ts";

/** All processes of a job, however they came to be. */
export interface ProcessTree {
  isEmpty(): boolean;
  /** SIGKILL for all of them; returns before they are gone. */
  kill(): void;
  /** Gives back what an empty tree holds on to; false: try again. */
  release(): boolean;
}

/** The kernel keeps the list: nothing that a job starts can leave its cgroup. */
export function cgroupTree(dir: string): ProcessTree {
  return {
    isEmpty: () => !isPopulated(dir),
    kill: () => killGroup(dir),
    release: () => removeGroup(dir),
  };
}

/**
 * Where there is no cgroup: the main process's session and process group, and whatever carries the job's mark
 * in its environment, which finds daemons that made a session of their own. A process that leaves the session
 * *and* clears its environment is not found; the capability level "none" says so.
 */
export function sessionTree(main: ProcessStat, mark: string): ProcessTree {
  const members = () => {
    const leader = readProcess(main.pid);
    // A reused pid: session and group of that number are somebody else's now.
    const reused = leader !== undefined && leader.startTime !== main.startTime;
    return listProcesses().filter(
      (found) =>
        found.state !== "Z" &&
        found.state !== "X" &&
        ((!reused && (found.session === main.pid || found.group === main.pid)) ||
          hasInEnvironment(found.pid, mark)),
    );
  };
  return {
    isEmpty: () => members().length === 0,
    kill: () => {
      for (const { pid } of members()) sendSignal(pid, "SIGKILL");
    },
    release: () => true,
  };
}
