import { readFileSync } from "node:fs";
import { type Detected, detectCgroups } from "../../../src/job/cgroup/detect.ts";

/** What detection finds in a process that was put into a group of its own, and the group it is in after it. */
export interface Finding {
  readonly detected: Detected;
  readonly ownGroup: string;
}

/** The child's side: `lpr-guest detect [ROOT]` prints a finding. */
export function runDetection(): void {
  const root = process.argv[3];
  const detected = detectCgroups({ mode: "auto", root });
  const ownGroup = readFileSync("/proc/self/cgroup", "utf8").trim();
  console.log(JSON.stringify({ detected, ownGroup } satisfies Finding));
}

/** Runs detection in `group`, as another account where one is given. */
export function detectIn(group: string, { root, uid }: { root?: string; uid?: number } = {}): Finding {
  const drop = uid === undefined ? "" : `setpriv --reuid ${uid} --regid ${uid} --clear-groups`;
  const { stdout, stderr } = Bun.spawnSync([
    "/bin/sh",
    "-c",
    `echo 0 >${group}/cgroup.procs && exec ${drop} ${process.execPath} detect "$@"`,
    "sh",
    ...(root === undefined ? [] : [root]),
  ]);
  try {
    return JSON.parse(stdout.toString());
  } catch (cause) {
    throw new Error(`detection said ${JSON.stringify(stdout.toString())} and ${stderr.toString()}`, {
      cause,
    });
  }
}
