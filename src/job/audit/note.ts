import type { AuditNote, AuditOrder } from "./types.ts";

/** Characters of one text of an entry: a caller chooses some of them. */
const MAX_TEXT = 300;

/** What is about to be done to a job. */
export function noteOf(order: AuditOrder, job: { readonly id: string; readonly name: string }): AuditNote {
  return { ...order, time: new Date(), jobName: job.name, jobId: job.id, outcome: "OK" };
}

/** The note with no text longer than an entry may hold. */
export function bounded(note: AuditNote): AuditNote {
  const texts = Object.entries(note).map(([name, value]) => [
    name,
    typeof value === "string" && value.length > MAX_TEXT ? `${cut(value)}...` : value,
  ]);
  return Object.fromEntries(texts) as AuditNote;
}

function cut(text: string): string {
  return text.slice(0, MAX_TEXT).toWellFormed();
}
