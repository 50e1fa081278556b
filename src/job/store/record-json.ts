import type { JobRecord } from "./store.ts";

/** Dates become strings of ISO 8601, as JSON.stringify does by itself. */
export function toJson(record: JobRecord): string {
  return JSON.stringify(record);
}

/** Members that records of earlier releases lack. */
const ADDED_LATER = { output: "combined", isolated: false, user: "" };

/** Member by member: what looks like a date elsewhere, in a label for instance, is not one. */
export function fromJson(json: string): JobRecord {
  const record = { ...ADDED_LATER, ...JSON.parse(json) };
  reviveDates(record, "createdAt", "startedAt", "timeoutAt");
  reviveDates(record.state, "finishedAt");
  reviveDates(record.stopIntent, "killAt");
  return record;
}

function reviveDates(object: Record<string, unknown> | undefined, ...names: readonly string[]): void {
  for (const name of names) {
    const text = object?.[name];
    if (object && typeof text === "string") object[name] = new Date(text);
  }
}
