import { existsSync } from "node:fs";

/** Where systemd is asked; replaced in tests. */
export interface Systemd {
  /** Is there exactly when systemd booted the host, sd_booted(3). */
  readonly mark: string;
  /** Directories of systemctl, as in PATH: the one of the agent may hold anything. */
  readonly path: string;
}

const systemd: Systemd = { mark: "/run/systemd/system", path: "/usr/bin:/bin:/run/current-system/sw/bin" };

/**
 * Whether the whole host is going down, so that jobs cannot be kept: from the moment a shutdown is asked for, before
 * units are stopped, systemd says "stopping" (systemctl(1), is-system-running). Only systemd can be asked; elsewhere
 * the answer is no, and whatever shuts the host down sends the jobs its own SIGTERM.
 */
export function isHostShuttingDown({ mark, path }: Systemd = systemd): boolean {
  if (!existsSync(mark)) return false;
  const systemctl = Bun.which("systemctl", { PATH: path });
  if (systemctl === null) return false;
  const { stdout } = Bun.spawnSync([systemctl, "is-system-running"], {
    ...{ stdin: "ignore", stderr: "ignore" },
    timeout: 2_000,
  });
  return stdout.toString().trim() === "stopping";
}
