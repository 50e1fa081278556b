import { parseDuration } from "./duration.ts";

const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/i;

/** `10m` (so long ago), or RFC 3339, where time and zone may be missing: then it is midnight, and local time. */
export function parsePointInTime(text: string, now = new Date()): Date {
  if (DATE_TIME.test(text)) {
    // A date alone is UTC for Date, which nobody expects.
    const time = new Date(/[T ]/i.test(text) ? text.replace(" ", "T") : `${text}T00:00`);
    if (!Number.isNaN(time.getTime())) return time;
  }
  try {
    return new Date(now.getTime() - parseDuration(text));
  } catch {
    throw new Error(
      `must be how long ago (10m, 1h30m) or a time such as 2026-11-24T10:00:00Z, got ${JSON.stringify(text)}`,
    );
  }
}
