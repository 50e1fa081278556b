import { existsSync } from "node:fs";
import { join } from "node:path";
import { JobError } from "../errors.ts";

/** Time that systemd may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 30_000;

/** A unit of systemd and its group, as /proc/self/cgroup names it: "/system.slice/lpr.service". */
export interface Unit {
  readonly name: string;
  readonly group: string;
  /** Of a user's own manager, `systemctl --user`. */
  readonly ofUser: boolean;
}

/** Own group of the cgroup2 hierarchy, from /proc/self/cgroup; "/" is the root, or that of a container. cgroups(7) */
export function ownGroup(procSelfCgroup: string): string | undefined {
  const line = procSelfCgroup.split("\n").find((each) => each.startsWith("0::"));
  // A group that was removed meanwhile is marked so.
  return line?.slice("0::".length).replace(/ \(deleted\)$/, "");
}

/** The innermost unit that holds the group: only services and scopes can be delegated. systemd.resource-control(5) */
export function unitOf(group: string): Unit | undefined {
  const parts = group.split("/");
  const at = parts.findLastIndex((part) => /\.(service|scope)$/.test(part));
  const name = parts[at];
  if (name === undefined) return undefined;
  const ofUser = parts.slice(0, at).some((part) => /^user@\d+\.service$/.test(part));
  return { name, group: parts.slice(0, at + 1).join("/"), ofUser };
}

/**
 * Group of the unit that this process runs in, where systemd has delegated it: the one place below systemd
 * in which groups may be made, as every group has a single writer. systemd's CGROUP_DELEGATION document
 * @throws JobError HOST_UNSUPPORTED when that cannot be found out
 */
export function delegatedGroup(
  mount: string,
  procSelfCgroup: string,
  answer: (unit: Unit) => boolean = askSystemd,
): string | undefined {
  const group = ownGroup(procSelfCgroup);
  const unit = group === undefined ? undefined : unitOf(group);
  if (unit === undefined) return undefined;
  const dir = join(mount, unit.group);
  return existsSync(dir) && answer(unit) ? dir : undefined;
}

/** False on a host that systemd did not boot, sd_booted(3). */
function askSystemd(unit: Unit): boolean {
  if (!existsSync("/run/systemd/system")) return false;
  const systemctl = Bun.which("systemctl", { PATH: "/usr/bin:/bin:/run/current-system/sw/bin" });
  return systemctl !== null && isDelegated(systemctl, unit);
}

/**
 * What systemd says of a unit; false where it does not talk to this account.
 * @throws JobError HOST_UNSUPPORTED when it does not answer in time: jobs must not be put where nobody looks for them
 * because the host is busy, as it is when it boots
 */
export function isDelegated(systemctl: string, { name, ofUser }: Unit, timeout = ANSWER_TIMEOUT_MS): boolean {
  const manager = ofUser ? ["--user"] : [];
  const { stdout, exitedDueToTimeout } = Bun.spawnSync(
    [systemctl, ...manager, "show", "--property=Delegate", "--", name],
    { stdin: "ignore", stderr: "ignore", timeout },
  );
  if (exitedDueToTimeout) {
    throw new JobError("HOST_UNSUPPORTED", `systemd does not say whether ${name} is delegated`, {
      hint: "start the agent again, or name the place of the jobs' cgroups with --cgroup-root",
    });
  }
  return stdout.toString().trim() === "Delegate=yes";
}
