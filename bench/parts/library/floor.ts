import { closeSync, fdatasync, mkdirSync, openSync, rmdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** A record of a job in SQLite: three pages and their headers. */
const RECORD = Buffer.alloc(3 * (4096 + 24), 1);
/** As little as records an exit code and gives the command a session: waits for its child, and is not it. */
const SUPERVISOR = '(echo started; exec setsid /bin/sh -c true); printf "%4d\\n" $?';

const datasync = promisify(fdatasync);

/**
 * The least that can start a command so that it outlives whoever started it, with its exit code, in a cgroup, and on
 * record: what any design pays that keeps a shell beside the job.
 */
export function openFloor(dir: string, cgroupRoot: string | undefined) {
  const log = openSync(join(dir, "floor"), "a");
  let started = 0;
  return {
    /** Milliseconds until the command is about to be executed and the record is on the disk. */
    async start(): Promise<number> {
      const begin = performance.now();
      writeSync(log, RECORD);
      const cgroup = cgroupRoot === undefined ? undefined : join(cgroupRoot, `floor-${started++}`);
      if (cgroup !== undefined) mkdirSync(cgroup);
      const onDisk = datasync(log);
      const child = Bun.spawn(["/bin/sh", "-c", SUPERVISOR], {
        ...{ stdin: "ignore", stdout: "pipe", stderr: "ignore", detached: true },
        ...(cgroup === undefined ? {} : { cgroup }),
      });
      const reader = child.stdout.getReader();
      await Promise.all([reader.read(), onDisk]);
      const ms = performance.now() - begin;
      await reader.cancel();
      await child.exited;
      if (cgroup !== undefined) rmdirSync(cgroup);
      return ms;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      closeSync(log);
    },
  };
}
