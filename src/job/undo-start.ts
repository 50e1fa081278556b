import { rmSync } from "node:fs";
import { JobError } from "./errors.ts";
import { type Host, jobDirOf } from "./host.ts";
import { insist } from "./insist.ts";
import { bootId, isAlive, sendSignal } from "./processes.ts";
import type { JobRecord } from "./store/store.ts";
import { emptyTree } from "./supervisor/empty-tree.ts";
import { giveUpStart, readIdentity } from "./supervisor/identity.ts";
import { cgroupTree, type GroupIdentity, sessionTree } from "./supervisor/tree.ts";

/** Time that is waited for a start to be undone, in milliseconds: what cannot be ended by then is ended later. */
const PATIENCE_MS = 5_000;

/**
 * Takes a start back, wherever it failed: nothing of it runs on, no directory, no cgroup, and only when all that
 * is gone the name is free again. `group` is the job's own cgroup, where it was made.
 */
export async function undoStart(
  host: Host,
  record: Pick<JobRecord, "id" | "name">,
  group: GroupIdentity | undefined,
): Promise<void> {
  await Promise.race([undo(host, record, group), Bun.sleep(PATIENCE_MS)]);
}

async function undo(
  host: Host,
  { id, name }: Pick<JobRecord, "id" | "name">,
  group: GroupIdentity | undefined,
): Promise<void> {
  const jobDir = jobDirOf(host, id);
  const report = (what: string, cause?: unknown) =>
    host.onBackgroundError(new JobError("INTERNAL", `undoing the start of job ${name}: ${what}`, { cause }));
  // First of all, so that a shim which comes late does not begin; one that has is killed.
  await insist(
    () => endSupervisor(jobDir),
    host.closed,
    (cause) => report("its supervisor cannot be ended", cause),
  );
  await emptyTree(group ? cgroupTree(group) : sessionTree(undefined, id), { report });
  const forget = async () => {
    rmSync(jobDir, { recursive: true, force: true });
    await host.disk.insist(() => host.store.delete(id));
    await host.store.flush();
  };
  await insist(forget, host.closed, (cause) => report("it cannot be forgotten yet", cause));
}

function endSupervisor(jobDir: string): void {
  if (giveUpStart(jobDir)) return;
  const identity = readIdentity(jobDir);
  if (typeof identity !== "object" || identity.bootId !== bootId() || !isAlive(identity.supervisor)) return;
  sendSignal(identity.supervisor.pid, "SIGKILL");
}
