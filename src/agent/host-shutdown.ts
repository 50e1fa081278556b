import { existsSync } from "node:fs";

/**
 * Whether the whole host is going down, so that jobs cannot be kept. Only systemd can be asked; elsewhere the
 * answer is no, and whatever shuts the host down sends the jobs its own SIGTERM.
 */
export function isHostShuttingDown(): boolean {
  // sd_booted(3)
  if (!existsSync("/run/systemd/system")) return false;
  try {
    const { stdout } = Bun.spawnSync(["systemctl", "is-system-running"], {
      stderr: "ignore",
      timeout: 2_000,
    });
    return stdout.toString().trim() === "stopping";
  } catch {
    // No systemctl beside a running systemd: nobody to ask.
    return false;
  }
}
