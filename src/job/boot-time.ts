import { readFileSync } from "node:fs";

/**
 * Time since the host was booted, in milliseconds, to 10 of them. Unlike other clocks it goes on while the host
 * sleeps, and nobody can set it: CLOCK_BOOTTIME, as in /proc/uptime, proc_uptime(5).
 */
export function bootTimeMs(): number {
  const [seconds = ""] = readFileSync("/proc/uptime", "utf8").split(" ");
  return Math.round(Number(seconds) * 1000);
}
