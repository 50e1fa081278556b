import type { JobRecord } from "./store.ts";

/** The members of a record, at any depth, that are dates. */
const DATES = new Set(["createdAt", "startedAt", "finishedAt", "killAt", "timeoutAt"]);

/** Dates become strings of ISO 8601, as JSON.stringify does by itself. */
export function toJson(record: JobRecord): string {
  return JSON.stringify(record);
}

export function fromJson(json: string): JobRecord {
  return JSON.parse(json, (key, value: unknown) =>
    DATES.has(key) && typeof value === "string" ? new Date(value) : value,
  ) as JobRecord;
}
