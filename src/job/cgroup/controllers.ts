import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmdirSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Controllers that the limits of a job need, and the file by which one of them shows that it is usable. */
const LIMIT_FILES = { cpu: "cpu.max", io: "io.max", memory: "memory.max", pids: "pids.max" } as const;
export type Controller = keyof typeof LIMIT_FILES;
const CONTROLLERS = Object.keys(LIMIT_FILES) as readonly Controller[];

/** Something that the host lacks, and the command that would bring it. */
export interface Remedy {
  /** A whole sentence, the same as in `missing`. */
  readonly missing: string;
  /** For a shell of root on the host. */
  readonly command: string;
}

export interface Problem {
  readonly missing: string;
  /** Absent where no command helps: another kernel is needed. */
  readonly command?: string;
}

/**
 * Enables the controllers for the groups below `root`, one step after the other: in `top`, which holds `root`
 * at some depth, then in each group on the way, then in `root` itself. What is on already stays untouched.
 * @returns what is missing for limits in groups below `root`; empty when all of them are usable there
 */
export function enableControllers(top: string, root: string): Problem[] {
  const problems = new Map<Controller, Problem>();
  for (const dir of pathBetween(top, root)) {
    const offered = namesIn(join(dir, "cgroup.controllers"));
    const enabled = namesIn(join(dir, "cgroup.subtree_control"));
    const crowded = isCrowded(dir);
    for (const controller of CONTROLLERS) {
      // The first step that fails is the reason of all that follow.
      if (enabled.has(controller) || problems.has(controller)) continue;
      const problem = !offered.has(controller)
        ? notOffered(dir, controller)
        : crowded
          ? refused(dir, controller, "EBUSY")
          : enable(dir, controller);
      if (problem !== undefined) problems.set(controller, problem);
    }
  }
  if (problems.size > 0) return [...problems.values()];
  return probe(root);
}

/**
 * Whether processes are in a group other than the true root. Of such a group the kernel takes cpu and pids and
 * then makes it threaded, which leaves every group below it unable to hold a job; so it is not even tried.
 */
function isCrowded(dir: string): boolean {
  return existsSync(join(dir, "cgroup.type")) && readFileSync(join(dir, "cgroup.procs"), "utf8") !== "";
}

/** One at a time: a single write of all four fails as a whole when the kernel refuses one of them. */
function enable(dir: string, controller: Controller): Problem | undefined {
  const file = join(dir, "cgroup.subtree_control");
  try {
    const fd = openSync(file, constants.O_WRONLY);
    try {
      writeSync(fd, `+${controller}`);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return refused(dir, controller, (error as NodeJS.ErrnoException).code ?? "unknown error");
  }
  // Read back: only what the kernel says now is enabled.
  return namesIn(file).has(controller) ? undefined : refused(dir, controller, "no effect");
}

/** A group as a job's would be: a kernel may offer a controller that was built without its limits. */
function probe(root: string): Problem[] {
  // The dot keeps it apart from every job, whose names have none.
  const group = join(root, `lpr.probe-${process.pid}`);
  // Left over where an earlier process of this number was killed right here.
  mkdirSync(group, { recursive: true });
  try {
    return Object.entries(LIMIT_FILES)
      .filter(([, file]) => !existsSync(join(group, file)))
      .map(([controller, file]) => ({
        missing: `the ${controller} controller of this kernel has no ${file}`,
      }));
  } finally {
    rmdirSync(group);
  }
}

function refused(dir: string, controller: Controller, code: string): Problem {
  const missing = `the ${controller} controller cannot be enabled in ${dir} (${code})`;
  const enabling = `echo +${controller} >${dir}/cgroup.subtree_control`;
  if (code === "EBUSY") {
    // Only the true root may hold processes and hand controllers down: they go into a leaf first.
    const leaf = join(dir, "lpr.others");
    const moving = `mkdir -p ${leaf} && for p in $(cat ${dir}/cgroup.procs); do echo $p >${leaf}/cgroup.procs; done`;
    return { missing: `${missing}: processes are in that group`, command: `${moving} && ${enabling}` };
  }
  if (code === "EROFS") {
    return { missing: `${missing}: it is read-only`, command: `mount -o remount,rw ${dir} && ${enabling}` };
  }
  return { missing, command: enabling };
}

function notOffered(dir: string, controller: Controller): Problem {
  const giver = offeringAncestor(dir, controller);
  if (giver !== undefined) {
    const missing = `the ${controller} controller is not enabled in ${giver}`;
    return { missing, command: `echo +${controller} >${giver}/cgroup.subtree_control` };
  }
  return absent(controller, readFileSync("/proc/cgroups", "utf8"));
}

/** The nearest group above that has the controller and does not hand it down. */
function offeringAncestor(dir: string, controller: Controller): string | undefined {
  for (let group = dirname(dir); existsSync(join(group, "cgroup.controllers")); group = dirname(group)) {
    if (namesIn(join(group, "cgroup.controllers")).has(controller)) return group;
  }
  return undefined;
}

/** Why the whole hierarchy lacks a controller; /proc/cgroups has a line `NAME HIERARCHY GROUPS ENABLED` for each. */
export function absent(controller: Controller, procCgroups: string): Problem {
  // The io controller kept its first name there.
  const name = controller === "io" ? "blkio" : controller;
  const line = procCgroups.split("\n").find((each) => each.startsWith(`${name}\t`));
  const [, hierarchy, , enabled] = line?.split("\t") ?? [];
  const missing = `the ${controller} controller is not available`;
  if (line === undefined) return { missing: `${missing}: this kernel was built without it` };
  if (enabled === "0") {
    return {
      missing: `${missing}: it was switched off at boot`,
      command: `sed -i 's/cgroup_disable=${name}//' /etc/default/grub && update-grub # then reboot`,
    };
  }
  if (hierarchy !== "0") {
    return {
      missing: `${missing}: this host uses it in cgroup v1`,
      command: bootWithoutV1,
    };
  }
  return {
    missing: `${missing}: it is in no hierarchy here, as in a container that was not given it`,
    command: `grep -w ${name} /proc/cgroups`,
  };
}

/** For systemd, and for the kernel itself where another init would mount cgroup v1. */
export const bootWithoutV1 = `sed -i 's/^GRUB_CMDLINE_LINUX="/&systemd.unified_cgroup_hierarchy=1 cgroup_no_v1=all /' /etc/default/grub && update-grub # then reboot`;

/** `top`, everything on the way, `root`. */
export function pathBetween(top: string, root: string): string[] {
  const path = [root];
  for (let dir = root; dir !== top && dir !== dirname(dir); ) {
    dir = dirname(dir);
    path.unshift(dir);
  }
  return path;
}

function namesIn(file: string): ReadonlySet<string> {
  return new Set(readFileSync(file, "utf8").trim().split(/\s+/));
}
