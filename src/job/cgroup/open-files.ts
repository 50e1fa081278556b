import { readFileSync } from "node:fs";
import { JobError } from "../errors.ts";

/** Soft and hard limit of open files; Infinity where there is none. */
export interface OpenFiles {
  readonly soft: number;
  readonly hard: number;
}

/** From the text of /proc/PID/limits, proc_pid_limits(5). */
export function openFilesIn(limits: string): OpenFiles | undefined {
  const match = /^Max open files +(\d+|unlimited) +(\d+|unlimited) /m.exec(limits);
  if (match === null) return undefined;
  const [soft, hard] = [match[1], match[2]].map((text) =>
    text === "unlimited" ? Number.POSITIVE_INFINITY : Number(text),
  );
  return soft === undefined || hard === undefined ? undefined : { soft, hard };
}

/** What a running process has in effect; undefined once it is gone. */
export function openFilesOf(pid: number): OpenFiles | undefined {
  try {
    return openFilesIn(readFileSync(`/proc/${pid}/limits`, "utf8"));
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/**
 * What a process has of the open files that its shim was asked to set. One that is over already had them as asked, or
 * its shim had failed.
 * @throws JobError HOST_UNSUPPORTED when it may open more
 */
export function openFilesInEffect(pid: number, asked: number): number {
  const { hard } = openFilesOf(pid) ?? { hard: asked };
  if (hard <= asked) return hard;
  throw new JobError("HOST_UNSUPPORTED", `openFiles of ${asked} is not enforced: the kernel has ${hard}`);
}

/**
 * Root may raise the hard limit up to fs.nr_open, others not beyond their own. setrlimit(2)
 * @throws JobError HOST_UNSUPPORTED
 */
export function requireOpenFiles(asked: number): void {
  const most =
    process.geteuid?.() === 0
      ? Number(readFileSync("/proc/sys/fs/nr_open", "utf8"))
      : openFilesIn(readFileSync("/proc/self/limits", "utf8"))?.hard;
  if (most === undefined || asked <= most) return;
  throw new JobError("HOST_UNSUPPORTED", `this host allows at most ${most} openFiles, got ${asked}`, {
    hint: "ask for fewer, or raise fs.nr_open or the hard limit of the agent's own open files on the host",
  });
}
