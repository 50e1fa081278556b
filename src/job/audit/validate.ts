import { Issues } from "../validate.ts";
import type { AuditInput } from "./types.ts";

const MAX_PAGE_SIZE = 100;

/** @throws JobError INVALID_INPUT with every problem */
export function validateAudit({ since, until, pageSize = MAX_PAGE_SIZE, pageToken }: AuditInput): void {
  const issues = new Issues();
  const isDate = (date: Date | undefined) => date === undefined || Number.isSafeInteger(date.getTime());
  issues.unless(isDate(since), "since must be a valid date", since);
  issues.unless(isDate(until), "until must be a valid date", until);
  issues.unless(
    Number.isSafeInteger(pageSize) && pageSize >= 1 && pageSize <= MAX_PAGE_SIZE,
    `pageSize must be an integer from 1 to ${MAX_PAGE_SIZE}`,
    pageSize,
  );
  issues.unless(
    pageToken === undefined || /^\d{1,15}$/.test(pageToken),
    "pageToken must be the nextPageToken of an earlier page",
    pageToken,
  );
  issues.throwIfAny();
}
