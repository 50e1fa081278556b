import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { JobError } from "../errors.ts";
import type { Capabilities } from "../types.ts";
import { bootWithoutV1, enableControllers, type Problem, type Remedy } from "./controllers.ts";
import { delegatedGroup, ownGroup } from "./delegation.ts";
import { cgroupLimitsIn, type Limits } from "./limits.ts";
import { requireOpenFiles } from "./open-files.ts";

export type CgroupMode = "auto" | "required" | "off";

/** A host's way to control processes; `root` holds the jobs' groups and is absent at level "none". */
export type Detected = Capabilities & {
  readonly root?: string;
  /** The commands that would bring what is missing, where there are such. */
  readonly remedies: readonly Remedy[];
};

export interface DetectInput {
  readonly mode: CgroupMode;
  /**
   * Directory of the jobs' groups; made where it is missing, and the controllers are enabled in it and in its parent.
   * @default LPR below the group of the systemd unit this process runs in where that is delegated, else
   * below the host's cgroup2 mount
   */
  readonly root?: string | undefined;
}

/**
 * Finds the level of the host once, makes the root of the jobs' groups and enables the controllers there.
 * In a delegated unit this process moves to a group of its own, as one with processes cannot hand controllers down.
 * @throws JobError HOST_UNSUPPORTED below level "limits" with mode "required", or when a given root cannot be used
 */
export function detectCgroups({ mode, root }: DetectInput): Detected {
  const wanted = root === undefined ? undefined : resolve(root);
  const detected = mode === "off" ? none({ missing: "cgroups are switched off" }) : detect(wanted);
  if (mode === "required" && detected.level !== "limits") {
    throw new JobError("HOST_UNSUPPORTED", `cgroup limits are required, but ${detected.missing.join("; ")}`, {
      hint:
        detected.remedies[0] === undefined
          ? "use a host with cgroup v2, or --cgroups auto"
          : `as root, run: ${detected.remedies[0].command}`,
    });
  }
  if (root !== undefined && mode !== "off" && detected.level === "none") {
    throw new JobError(
      "HOST_UNSUPPORTED",
      `cgroup root ${root} cannot be used: ${detected.missing.join("; ")}`,
    );
  }
  return detected;
}

/** @throws JobError HOST_UNSUPPORTED when the job asks for a limit that this host cannot enforce */
export function requireLimits(detected: Capabilities, limits: Limits): void {
  if (limits.openFiles !== undefined) requireOpenFiles(limits.openFiles);
  const asked = cgroupLimitsIn(limits);
  if (detected.level === "limits" || asked.length === 0) return;
  throw new JobError(
    "HOST_UNSUPPORTED",
    `this host cannot enforce ${asked.join(", ")}: ${lackingFor(asked, detected.missing).join("; ")}`,
    {
      hint: "start the job without these limits, unless the agent has them for all jobs; lpr agent doctor on the host tells what to do",
    },
  );
}

/** Of what is missing, that which matters for these limits; all of it where that cannot be told. */
function lackingFor(asked: readonly (keyof Limits)[], missing: readonly string[]): readonly string[] {
  const controllers = new Set(asked.map(controllerOf));
  const relevant = missing.filter((what) =>
    [...controllers].some((name) => what.startsWith(`the ${name} controller`)),
  );
  return relevant.length > 0 ? relevant : missing;
}

function controllerOf(limit: keyof Limits): string {
  if (limit.startsWith("io")) return "io";
  return limit === "cpuCores" ? "cpu" : limit === "memoryBytes" ? "memory" : "pids";
}

function detect(wanted: string | undefined): Detected {
  const mount = cgroup2Mount(readFileSync("/proc/self/mountinfo", "utf8"), wanted);
  if (mount === undefined) return none(noMount(wanted));
  const membership = readFileSync("/proc/self/cgroup", "utf8");
  const unit = wanted === undefined ? delegatedGroup(mount, membership) : undefined;
  const root = wanted ?? join(unit ?? mount, "LPR");
  try {
    const firstMade = mkdirSync(root, { recursive: true });
    // Groups bear the names of jobs: a job may look at its own, but not find out which others there are.
    if (firstMade !== undefined) chmodSync(root, 0o711);
    // Processes are moved by writing here, and a group below can only be entered from one we may write to.
    accessSync(join(root, "cgroup.procs"), constants.W_OK);
    accessSync(join(dirname(root), "cgroup.procs"), constants.W_OK);
    if (unit !== undefined) leave(unit, join(mount, ownGroup(membership) ?? ""));
    return levelOf(root, enableControllers(dirname(firstMade ?? root), root));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return none({ missing: `${root} cannot be written (${code})` });
  }
}

function levelOf(root: string, problems: readonly Problem[]): Detected {
  const level = problems.length === 0 ? "limits" : "tracking";
  return { level, root, ...described(problems) };
}

function none(problem: Problem): Detected {
  return { level: "none", ...described([problem]) };
}

function described(problems: readonly Problem[]): Pick<Detected, "missing" | "remedies"> {
  return {
    missing: problems.map(({ missing }) => missing),
    remedies: problems.flatMap(({ missing, command }) =>
      command === undefined ? [] : [{ missing, command }],
    ),
  };
}

/** Makes room in a unit's group: one that holds processes cannot enable controllers for those below. cgroups(7) */
function leave(unit: string, own: string): void {
  if (own !== unit) return;
  // The dot keeps it apart from every job.
  const leaf = join(unit, "lpr.agent");
  mkdirSync(leaf, { recursive: true });
  writeFileSync(join(leaf, "cgroup.procs"), "0");
}

function noMount(wanted: string | undefined): Problem {
  if (wanted !== undefined) return { missing: `${wanted} is not on a cgroup2 mount` };
  const missing = "no cgroup2 mount";
  // A kernel without it does not list it here. filesystems(5)
  if (!/\tcgroup2$/m.test(readFileSync("/proc/filesystems", "utf8"))) {
    return { missing: `${missing}: this kernel was built without cgroup v2` };
  }
  const command = existsSync("/run/systemd/system")
    ? bootWithoutV1
    : "mkdir -p /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup";
  return { missing, command };
}

/** Mount point of the cgroup2 file system, the one that holds `path` where that is given. proc_pid_mountinfo(5) */
export function cgroup2Mount(mountinfo: string, path?: string): string | undefined {
  return mountinfo
    .split("\n")
    .map((line) => line.split(" - "))
    .filter(([, type]) => type?.startsWith("cgroup2 "))
    .map(([mount]) => unescapeOctal(mount?.split(" ")[4] ?? ""))
    .findLast((point) => path === undefined || path === point || path.startsWith(`${point}/`));
}

/** mountinfo writes space, tab, newline and backslash as \040 and so on. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
