import type { RemoteJob } from "../../src/client/client.ts";
import type { Job, JobState } from "../../src/job/types.ts";

/** A job as an agent describes it, for what shows jobs to people and to programs. */
export function aJob(name: string, state: JobState, more: Partial<Job> = {}): Job {
  return {
    id: `id-of-${name}`,
    name,
    createdBy: "alice",
    command: "/bin/sh",
    args: ["-c", 'echo "it\'s"; exit 3'],
    workingDir: "/tmp",
    createdAt: new Date("2026-11-24T11:58:00Z"),
    startedAt: new Date("2026-11-24T11:58:00.020Z"),
    state,
    output: "combined",
    logBytes: 1_536,
    logDiscardedBytes: 0,
    ...{ labels: {}, killMode: "main", limits: {}, limitsInEffect: {} },
    ...{ isolated: false, user: "lpr-70000" },
    ...more,
  };
}

/** One of a fleet that waits for a host. */
export function aWaitingJob(name: string, more: Partial<RemoteJob> = {}): RemoteJob {
  const { startedAt: _, ...job } = aJob(name, { status: "RUNNING", pid: 0 });
  return {
    ...job,
    ...{ state: { status: "PENDING" }, user: "", logBytes: 0 },
    fleet: {
      ...{ pool: "build", attempt: 1, fence: 0, retry: 0 },
      queuedAt: new Date("2026-11-24T11:58:00Z"),
    },
    ...more,
  };
}
