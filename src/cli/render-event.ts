import type { RemoteJobEvent } from "../client/client.ts";
import { hasEnded } from "../client/ended.ts";
import { paintStatus } from "./color.ts";
import { fitColumns } from "./fit-text.ts";
import { commandLine, printable } from "./quote.ts";
import { describeEnd, type JobDocument, jobDocument } from "./render-job.ts";

/** Wide enough for most: what comes later is not known yet. */
const NAME_WIDTH = 20;
const EVENT_WIDTH = 7;

export interface EventView {
  /** Of a terminal, where somebody looks on: the time of day will do. Absent elsewhere. */
  readonly columns?: number | undefined;
  readonly color: boolean;
}

export function eventHead(view: EventView): string {
  return line(view.columns === undefined ? "TIME".padEnd(24) : "TIME    ", "JOB", "EVENT", "");
}

/** An event, in a line below the head. */
export function renderEvent({ time, type, job }: RemoteJobEvent, { columns, color }: EventView): string {
  const when = columns === undefined ? time.toISOString() : timeOfDay(time);
  const details = what(type, job);
  const text = line(when, job.name, type, details);
  const fitted = columns === undefined ? text : fitColumns(text, columns);
  const { status } = job.state;
  // What ended begins with its status. The layout is done, so that colour cannot disturb it.
  const at = text.length - details.length;
  if (!color || !details.startsWith(status) || !fitted.startsWith(status, at)) return fitted;
  return fitted.slice(0, at) + paintStatus(status, status) + fitted.slice(at + status.length);
}

/** As `-o json` prints it. */
export function eventDocument({ sequence, time, type, job }: RemoteJobEvent): {
  readonly sequence: number;
  readonly time: string;
  readonly type: RemoteJobEvent["type"];
  readonly job: JobDocument;
} {
  return { sequence, time: time.toISOString(), type, job: jobDocument(job) };
}

function what(type: RemoteJobEvent["type"], job: RemoteJobEvent["job"]): string {
  const { fleet, createdBy, command, args } = job;
  if (type === "QUEUED")
    return `in pool ${printable(fleet?.pool ?? "?")}: ${commandLine([command, ...args])}`;
  const where = fleet?.agent ? ` on ${printable(fleet.agent)}` : "";
  if (type === "STARTED") return `by ${printable(createdBy)}${where}: ${commandLine([command, ...args])}`;
  return type === "ENDED" && hasEnded(job) ? describeEnd(job) : "";
}

/** Of the person who looks on. */
function timeOfDay(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

function line(time: string, name: string, event: string, details: string): string {
  return [time, name.padEnd(NAME_WIDTH), event.padEnd(EVENT_WIDTH), details].join("  ").trimEnd();
}
