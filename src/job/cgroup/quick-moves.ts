import { existsSync, readFileSync } from "node:fs";
import { cgroup2Mount } from "./detect.ts";

/** What this kernel's cgroup2 can be mounted with. */
const FEATURES = "/sys/kernel/cgroup/features";

/**
 * The command that spares processes the wait of some 10 ms when they enter a cgroup, for root on the host; undefined
 * where it is spared already, or where the kernel cannot (before Linux 6.0).
 */
export function quickMovesCommand(): string | undefined {
  if (!existsSync(FEATURES)) return undefined;
  const features = readFileSync(FEATURES, "latin1").split("\n");
  return remountCommand(readFileSync("/proc/self/mountinfo", "utf8"), features);
}

/** Every option is named, as a remount clears those that are not. Source: cgroup-v2.rst, "Mounting" */
export function remountCommand(mountinfo: string, features: readonly string[]): string | undefined {
  const mount = cgroup2Mount(mountinfo);
  const line = mountinfo.split("\n").findLast((each) => each.includes(" - cgroup2 "));
  if (mount === undefined || line === undefined || !features.includes("favordynmods")) return undefined;
  const [ofMount = "", ofFileSystem = ""] = line.split(" - ");
  const options = new Set(
    [ofMount.split(" ")[5] ?? "", ofFileSystem.split(" ")[2] ?? ""].join(",").split(","),
  );
  if (options.has("favordynmods")) return undefined;
  return `mount -o remount,${[...options, "favordynmods"].join(",")} ${mount}`;
}
