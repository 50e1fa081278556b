import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ProcessStat, parseStat } from "../processes.ts";

/**
 * What a shim says of itself in JOB_DIR/pid before it starts anything, and of the job after. Signals are sent by it, so
 * nobody but root's side of a shim ever has that file open.
 */
export interface Identity {
  readonly bootId: string;
  readonly supervisor: ProcessStat;
  /** Absent when the shim had not come that far. */
  readonly jobPid?: number;
  /** Whether the command was about to be executed, as JOB_DIR/started says, or what a job of its account made of that. */
  readonly started: boolean;
}

/** "absent": no shim has begun. Undefined: what is there is not, or not yet, an identity. */
export function readIdentity(jobDir: string): Identity | "absent" | undefined {
  let text: string;
  try {
    text = readFileSync(join(jobDir, "pid"), "latin1");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "absent";
    throw error;
  }
  const identity = parseIdentity(text);
  // Of its size alone: what is in there is the job's.
  const mark = statSync(join(jobDir, "started"), { throwIfNoEntry: false });
  return identity && { ...identity, started: identity.started || (mark?.size ?? 0) > 0 };
}

/** Shims of earlier versions have put the mark of the start into this file. */
function parseIdentity(text: string): Identity | undefined {
  const [, bootId, stat, jobPid, started] =
    /^boot (\S+)\nsupervisor (.+)\n(?:job (\d+)\n)?(?:(started)\n)?$/.exec(text) ?? [];
  const supervisor = parseStat(stat ?? "");
  if (bootId === undefined || supervisor === undefined) return undefined;
  return {
    ...{ bootId, supervisor, started: started !== undefined },
    ...(jobPid === undefined ? {} : { jobPid: Number(jobPid) }),
  };
}

const GIVEN_UP = "given up\n";

/** Takes a start away from a shim that has not begun; one that comes later quits. False: a shim was quicker. */
export function giveUpStart(jobDir: string): boolean {
  try {
    writeFileSync(join(jobDir, "pid"), GIVEN_UP, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Given up before, by an agent that did not come to the end of it.
    if (code === "EEXIST") return readFileSync(join(jobDir, "pid"), "latin1") === GIVEN_UP;
    // No directory: the start had not come that far.
    if (code === "ENOENT") return true;
    throw error;
  }
}
