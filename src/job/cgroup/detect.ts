import { accessSync, constants, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JobError } from "../errors.ts";
import type { Capabilities } from "../types.ts";

export type CgroupMode = "auto" | "required" | "off";

/** A host's way to control processes; `root` holds the jobs' groups and is absent at level "none". */
export type Detected = Capabilities & { readonly root?: string };

/** Controllers that the limits of a job need. */
const CONTROLLERS = ["cpu", "io", "memory", "pids"] as const;

export interface DetectInput {
  readonly mode: CgroupMode;
  /** @default LPR below the host's cgroup2 mount */
  readonly root?: string | undefined;
}

/**
 * Finds the level of the host once and makes the root of the jobs' groups.
 * @throws JobError HOST_UNSUPPORTED below level "limits" with mode "required", or when a given root cannot be used
 */
export function detectCgroups({ mode, root }: DetectInput): Detected {
  const detected = mode === "off" ? none("cgroups are switched off") : detect(root);
  if (mode === "required" && detected.level !== "limits") {
    throw new JobError("HOST_UNSUPPORTED", `cgroup limits are required, but ${detected.missing.join("; ")}`, {
      hint: "use a host with cgroup v2 (systemd.unified_cgroup_hierarchy=1), or --cgroups auto",
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

function detect(wanted: string | undefined): Detected {
  const mount = cgroup2Mount(readFileSync("/proc/self/mountinfo", "utf8"), wanted);
  if (mount === undefined) return none(wanted ? `${wanted} is not on a cgroup2 mount` : "no cgroup2 mount");
  const root = wanted ?? join(mount, "LPR");
  try {
    mkdirSync(root, { recursive: true });
    // Processes are moved by writing here, and a group below can only be entered from one we may write to.
    accessSync(join(root, "cgroup.procs"), constants.W_OK);
    accessSync(join(dirname(root), "cgroup.procs"), constants.W_OK);
  } catch (error) {
    return none(`${root} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  const missing = missingControllers(readFileSync(join(mount, "cgroup.controllers"), "utf8"));
  return missing.length === 0 ? { level: "limits", missing, root } : { level: "tracking", missing, root };
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

export function missingControllers(available: string): string[] {
  const names = new Set(available.trim().split(" "));
  return CONTROLLERS.filter((name) => !names.has(name)).map(
    (name) => `the ${name} controller is not available`,
  );
}

function none(reason: string): Detected {
  return { level: "none", missing: [reason] };
}

/** mountinfo writes space, tab, newline and backslash as \040 and so on. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
