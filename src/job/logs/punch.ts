import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isFull } from "../disk-space.ts";

/** Gives the bytes from one offset to another back to the file system: they read as zeros, and nothing moves. */
export type Punch = (path: string, from: number, to: number) => Promise<void>;

/** Either a way to do it, or what stands against it. */
export type HolePunching = { readonly punch: Punch } | { readonly missing: string };

/** More than the blocks of file systems, so that a hole in the first half is possible. */
const PROBE_BYTES = 128 * 1024;

/**
 * Whether the logs in this directory can be bounded, found out by trying: it takes fallocate(1) of util-linux (busybox's
 * cannot) and a file system that knows holes, as ext4, xfs, btrfs and tmpfs do.
 */
export function detectHolePunching(fallocate: string | undefined, directory: string): HolePunching {
  if (fallocate === undefined) return { missing: "fallocate of util-linux is missing" };
  const path = join(directory, `.lpr-hole-probe-${Bun.randomUUIDv7()}`);
  try {
    const fd = openSync(path, "wx", 0o600);
    try {
      writeSync(fd, Buffer.alloc(PROBE_BYTES, 1));
    } finally {
      closeSync(fd);
    }
    const { exitCode, stderr } = Bun.spawnSync(punchCommand(fallocate, path, 0, PROBE_BYTES / 2), {
      env: {},
    });
    if (exitCode !== 0) return cannotPunch(directory, stderr.toString());
  } catch (error) {
    // What gives space back must not be given up for want of space; and such a disk has had other agents.
    if (!isFull(error)) return cannotPunch(directory, (error as Error).message);
  } finally {
    rmSync(path, { force: true });
  }
  // One after the other: a thousand logs that pass their size at once shall not become a thousand processes.
  let last: Promise<void> = Promise.resolve();
  return {
    punch: (file, from, to) => {
      last = last.catch(() => undefined).then(() => punch(fallocate, file, from, to));
      return last;
    },
  };
}

async function punch(fallocate: string, path: string, from: number, to: number): Promise<void> {
  const { exited, stderr } = Bun.spawn(punchCommand(fallocate, path, from, to), {
    env: {},
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [exitCode, said] = await Promise.all([exited, stderr.text()]);
  if (exitCode !== 0) throw new Error(said.trim() || `fallocate ended with exit code ${exitCode}`);
}

function punchCommand(fallocate: string, path: string, from: number, to: number): string[] {
  return [fallocate, "--punch-hole", "--offset", String(from), "--length", String(to - from), path];
}

/** Without the probe's own path, which is nobody's and another one each time. */
function cannotPunch(directory: string, said: string): { readonly missing: string } {
  const why = said
    .trim()
    .replace(/, open '.*$/, "")
    .split(": ")
    .at(-1);
  return { missing: `no hole can be punched in ${directory}: ${why}` };
}
