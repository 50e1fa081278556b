import { constants } from "node:os";
import type { Usage } from "./cgroup/usage.ts";
import type { StopIntent } from "./store/store.ts";
import type { FinishedState } from "./types.ts";

const SIGNAL_NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/**
 * Why and how a job ended, from what its supervisor recorded and what was intended.
 * A shell tells a death by signal n as 128+n, so a command that exits with such a code itself reads as one.
 */
export function endState(
  exitCode: number | undefined,
  intent: StopIntent | undefined,
  finishedAt: Date,
  {
    usage,
    leaseExpired = false,
  }: { readonly usage?: Usage | undefined; readonly leaseExpired?: boolean } = {},
): FinishedState {
  const details = { finishedAt, ...(intent?.causedBy ? { causedBy: intent.causedBy } : {}) };
  if (exitCode === undefined) return { status: "FAILED", reason: "LOST", ...details };
  const signal = exitCode > 128 ? SIGNAL_NAMES.get(exitCode - 128) : undefined;
  // The group is killed as a whole when it passes its memory limit, the main process with it.
  const outOfMemory = signal === "SIGKILL" && (usage?.oomKills ?? 0) > 0;
  const withoutLease = signal === "SIGKILL" && leaseExpired;
  const killed = withoutLease ? "LEASE_EXPIRED" : outOfMemory ? "OOM_KILLED" : "SIGNALED";
  const reason = intent?.reason ?? (signal ? killed : "EXITED");
  if (exitCode === 0) return { status: "SUCCEEDED", reason, exitCode, ...details };
  return { status: "FAILED", reason, exitCode, ...(signal ? { signal } : {}), ...details };
}
