import type { JobEvent } from "../job/types.ts";
import { paintStatus } from "./color.ts";
import { describeReason, exitCodeOf, isFinished, type JobDocument, jobDocument } from "./render-job.ts";

/** Wide enough for most: what comes later is not known yet. */
const NAME_WIDTH = 20;
const STATUS_WIDTH = 9;

export const EVENT_HEAD = line("TIME", "JOB", "EVENT", "STATUS".padEnd(STATUS_WIDTH), "REASON");

/** An event, in a line below EVENT_HEAD. */
export function renderEvent({ time, type, job }: JobEvent, { color }: { readonly color: boolean }): string {
  const { status } = job.state;
  const cell = status.padEnd(STATUS_WIDTH);
  return line(time.toISOString(), job.name, type, color ? paintStatus(status, cell) : cell, reasonOf(job));
}

/** As `-o json` prints it. */
export function eventDocument({ sequence, time, type, job }: JobEvent): {
  readonly sequence: number;
  readonly time: string;
  readonly type: JobEvent["type"];
  readonly job: JobDocument;
} {
  return { sequence, time: time.toISOString(), type, job: jobDocument(job) };
}

function reasonOf(job: JobEvent["job"]): string {
  if (!isFinished(job)) return "-";
  const exitCode = exitCodeOf(job.state);
  return `${describeReason(job)}${exitCode === undefined ? "" : `, exit code ${exitCode}`}`;
}

function line(time: string, name: string, event: string, status: string, reason: string): string {
  return [time.padEnd(24), name.padEnd(NAME_WIDTH), event.padEnd(7), status, reason].join("   ");
}
