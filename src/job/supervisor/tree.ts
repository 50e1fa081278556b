import { statSync } from "node:fs";
import { isPopulated, killGroup, removeGroup, signalGroup } from "../cgroup/group.ts";
import { readUsage, type Usage } from "../cgroup/usage.ts";
import { hasInEnvironment, listProcesses, type ProcessStat, readProcess, sendSignal } from "../processes.ts";

/** All processes of a job, however they came to be. */
export interface ProcessTree {
  isEmpty(): boolean;
  /** Sends a signal to each of them. */
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL for all of them; returns before they are gone. */
  kill(): void;
  /** What they have used so far, where the host measures it. */
  usage(): Usage | undefined;
  /** Gives back what an empty tree holds on to; false: try again. */
  release(): boolean;
}

/** A cgroup, and the inode that tells it from a later one of the same name. Without inode: a group that is gone. */
export interface GroupIdentity {
  readonly dir: string;
  readonly inode?: number;
}

export function identifyGroup(dir: string): GroupIdentity {
  const inode = statSync(dir, { throwIfNoEntry: false })?.ino;
  return inode === undefined ? { dir } : { dir, inode };
}

/** The kernel keeps the list: nothing leaves its cgroup, unless root moves it. */
export function cgroupTree({ dir, inode }: GroupIdentity): ProcessTree {
  // Asked before each act, as another group of that name is none of this job's.
  const isOurs = () => inode !== undefined && statSync(dir, { throwIfNoEntry: false })?.ino === inode;
  return {
    isEmpty: () => !isOurs() || !isPopulated(dir),
    kill: () => {
      try {
        if (isOurs()) killGroup(dir);
      } catch (error) {
        // Removed since it was looked at: nothing is left to kill.
        if (!["ENOENT", "ENODEV"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      }
    },
    signal: (signal) => {
      if (isOurs()) signalGroup(dir, signal);
    },
    usage: () => (isOurs() ? readUsage(dir) : undefined),
    release: () => !isOurs() || removeGroup(dir),
  };
}

/** The entry that a job without a cgroup carries in its environment. */
export function markOf(jobId: string): readonly [name: string, value: string] {
  return ["LPR_JOB_ID", jobId];
}

/**
 * Where there is no cgroup: the main process's session and process group, and whatever carries the job's mark
 * in its environment, which finds daemons that made a session of their own. A process that leaves the session
 * *and* clears its environment is not found; the capability level "none" says so.
 */
export function sessionTree(main: ProcessStat | undefined, jobId: string): ProcessTree {
  const mark = markOf(jobId).join("=");
  const members = () => {
    // A reused pid: session and group of that number are somebody else's now.
    const leader = main && readProcess(main.pid);
    const session =
      main && (leader === undefined || leader.startTime === main.startTime) ? main.pid : undefined;
    return listProcesses().filter(
      (found) =>
        found.state !== "Z" &&
        found.state !== "X" &&
        ((session !== undefined && (found.session === session || found.group === session)) ||
          hasInEnvironment(found.pid, mark)),
    );
  };
  return {
    isEmpty: () => members().length === 0,
    kill: () => sendToEach(members(), "SIGKILL"),
    signal: (signal) => sendToEach(members(), signal),
    usage: () => undefined,
    release: () => true,
  };
}

/** One that may not be signalled, as it has become somebody else's, does not keep the others from it. */
function sendToEach(members: readonly ProcessStat[], signal: NodeJS.Signals): void {
  const errors: unknown[] = [];
  for (const { pid } of members) {
    try {
      sendSignal(pid, signal);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
