/** What the demo needs of this host, and what it may use of it. */
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cgroup2Mount } from "../src/job/cgroup/detect.ts";
import { isPopulated, killGroup, removeGroup } from "../src/job/cgroup/group.ts";

export const isRoot = process.getuid?.() === 0;

/** Why the demo cannot run here, and what to do about it. */
export function problemOfHost(): string | undefined {
  if (process.platform !== "linux") return "The agent runs jobs on Linux only: run the demo there.";
  if (Bun.which("openssl") !== null) return undefined;
  return "The demo makes certificates, which needs openssl.\nInstall the package openssl (Debian: apt-get install openssl).";
}

/**
 * A directory for the jobs' cgroups that no other agent uses. Undefined for an ordinary user, whose groups
 * somebody would have to delegate first, and where there is no cgroup2 mount that can be written.
 */
export function ownCgroupRoot(): string | undefined {
  const mount = isRoot ? cgroup2Mount(readFileSync("/proc/self/mountinfo", "utf8")) : undefined;
  if (mount === undefined) return undefined;
  try {
    accessSync(mount, constants.W_OK);
    // By number, not by name: the agent's lock on it stays in /run until the next boot.
    for (let number = 1; ; number++) {
      const root = join(mount, `LPR-demo-${number}`);
      if (!existsSync(root)) return root;
    }
  } catch {
    // Mounted read-only, as in containers.
    return undefined;
  }
}

/** Ends whatever is in the group, and removes it. */
export async function removeCgroupRoot(root: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (existsSync(root)) {
    if (isPopulated(root)) killGroup(root);
    if (removeGroup(root)) return;
    if (performance.now() > deadline) throw new Error(`${root} cannot be removed`);
    await Bun.sleep(20);
  }
}
