import { existsSync } from "node:fs";
import { join } from "node:path";

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
 */
export function delegatedGroup(
  mount: string,
  procSelfCgroup: string,
  isDelegated: (unit: Unit) => boolean = askSystemd,
): string | undefined {
  const group = ownGroup(procSelfCgroup);
  const unit = group === undefined ? undefined : unitOf(group);
  if (unit === undefined) return undefined;
  const dir = join(mount, unit.group);
  return existsSync(dir) && isDelegated(unit) ? dir : undefined;
}

/** False on a host that systemd did not boot, sd_booted(3). */
function askSystemd({ name, ofUser }: Unit): boolean {
  if (!existsSync("/run/systemd/system")) return false;
  const systemctl = Bun.which("systemctl", { PATH: "/usr/bin:/bin:/run/current-system/sw/bin" });
  if (systemctl === null) return false;
  const manager = ofUser ? ["--user"] : [];
  const { stdout } = Bun.spawnSync([systemctl, ...manager, "show", "--property=Delegate", "--", name], {
    stdin: "ignore",
    stderr: "ignore",
    timeout: 5_000,
  });
  return stdout.toString().trim() === "Delegate=yes";
}
