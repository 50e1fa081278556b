import type { RemoteJob } from "../client/client.ts";
import { hasEnded } from "../client/ended.ts";
import { formatAge } from "./age.ts";
import { paintStatus } from "./color.ts";
import { type Column, fitTable } from "./fit-table.ts";
import { cutInside } from "./fit-text.ts";
import { commandLine, printable } from "./quote.ts";
import { exitCodeOf } from "./render-job.ts";

/** A job of a list; with its agent where several were asked. */
export interface ListedJob {
  readonly job: RemoteJob;
  /** Name of the login to its agent. */
  readonly context?: string;
}

export interface JobsView {
  readonly now?: Date;
  /** How wide a line may be. @default any */
  readonly width?: number | undefined;
  /** @default false */
  readonly color?: boolean;
}

/** Jobs, one a line. */
export function renderJobs(jobs: readonly ListedJob[], view: JobsView = {}): string {
  const { now = new Date(), width, color = false } = view;
  const placed = jobs.some(({ job }) => job.fleet !== undefined);
  const several = jobs.some(({ context }) => context !== undefined);
  const columns: Column[] = [
    ...(several ? [{ head: "CONTEXT", least: 8 }] : []),
    { head: "NAME", least: 12, cut: cutInside },
    { head: "STATUS", ...(color ? { paint: (cell, status) => paintStatus(status as never, cell) } : {}) },
    { head: "EXIT" },
    { head: "TENANT", least: 6 },
    ...(placed
      ? [
          { head: "POOL", least: 6 },
          { head: "AGENT", least: 8 },
        ]
      : []),
    { head: "CREATED" },
    { head: "RAN FOR" },
    { head: "COMMAND", least: 1 },
  ];
  const rows = jobs.map(({ job, context = "" }) => {
    const { state, startedAt, fleet } = job;
    const end = hasEnded(job) ? job.state.finishedAt : now;
    return [
      ...(several ? [context] : []),
      job.name,
      state.status,
      exitOf(job),
      printable(job.createdBy),
      ...(placed ? [printable(fleet?.pool ?? "-"), printable(fleet?.agent ?? "-")] : []),
      `${formatAge(now.getTime() - job.createdAt.getTime())} ago`,
      startedAt ? formatAge(end.getTime() - startedAt.getTime()) : "-",
      commandLine([job.command, ...job.args]),
    ];
  });
  return fitTable(columns, rows, width);
}

/** Exit code, and why where the job did not just exit: `0`, `137 OOM_KILLED`, `LOST`. */
function exitOf(job: RemoteJob): string {
  if (!hasEnded(job)) return "-";
  const { state } = job;
  const reason = state.reason === "EXITED" ? [] : [state.reason];
  return [...[exitCodeOf(state) ?? []].flat(), ...reason].join(" ");
}
