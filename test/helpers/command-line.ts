import { readFileSync } from "node:fs";

/** Words of a process, with spaces between them; empty for one that is gone. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0").join(" ").trim();
  } catch {
    return "";
  }
}
