import type { Job } from "../job/types.ts";
import { formatAge } from "./age.ts";
import { paintStatus } from "./color.ts";
import { type Column, fitTable } from "./fit-table.ts";
import { commandLine, printable } from "./quote.ts";
import { exitCodeOf } from "./render-job.ts";

/** A job of a list; with its agent where several were asked. */
export interface ListedJob {
  readonly job: Job;
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
  const several = jobs.some(({ context }) => context !== undefined);
  const columns: Column[] = [
    ...(several ? [{ head: "CONTEXT", least: 8 }] : []),
    { head: "NAME", least: 12 },
    { head: "STATUS", ...(color ? { paint: (cell, status) => paintStatus(status as never, cell) } : {}) },
    { head: "EXIT" },
    { head: "TENANT", least: 6 },
    { head: "CREATED" },
    { head: "RAN FOR" },
    { head: "COMMAND", least: 1 },
  ];
  const rows = jobs.map(({ job, context = "" }) => {
    const { state } = job;
    const end = state.status === "RUNNING" ? now : state.finishedAt;
    return [
      ...(several ? [context] : []),
      job.name,
      state.status,
      exitOf(job),
      printable(job.createdBy),
      `${formatAge(now.getTime() - job.createdAt.getTime())} ago`,
      formatAge(end.getTime() - job.startedAt.getTime()),
      commandLine([job.command, ...job.args]),
    ];
  });
  return fitTable(columns, rows, width);
}

/** Exit code, and why where the job did not just exit: `0`, `137 OOM_KILLED`, `LOST`. */
function exitOf({ state }: Job): string {
  if (state.status === "RUNNING") return "-";
  const reason = state.reason === "EXITED" ? [] : [state.reason];
  return [...[exitCodeOf(state) ?? []].flat(), ...reason].join(" ");
}
