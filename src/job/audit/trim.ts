import type { AuditNote, AuditRetention } from "./types.ts";

const DAY_MS = 86_400_000;
const DEFAULT_KEEP_MS = 400 * DAY_MS;
const DEFAULT_MAX_ENTRIES = 1_000_000;
/** Some 300 GB of them. */
const MAX_ENTRIES = 1_000_000_000;

/** What there is of entries: the oldest and the newest one's sequence, and the oldest one's time. */
export interface AuditExtent {
  readonly first: number;
  readonly last: number;
  readonly firstTime: Date;
}

/** What is to be given up: everything before a time, and everything before a sequence. */
export interface AuditCut {
  readonly before?: Date;
  readonly beforeSequence?: number;
}

/**
 * What the retention wants to be given up; undefined when it is not worth while yet. Each trim is an entry itself,
 * so it waits until a day's entries, or one in a hundred, can go at once.
 */
export function auditCut(
  { first, last, firstTime }: AuditExtent,
  { keepMs = DEFAULT_KEEP_MS, maxEntries = DEFAULT_MAX_ENTRIES }: AuditRetention,
  now: Date,
): AuditCut | undefined {
  const before = new Date(now.getTime() - keepMs);
  const isOld = firstTime.getTime() < before.getTime() - Math.min(DAY_MS, keepMs);
  const isLong = last - first + 1 > maxEntries + Math.ceil(maxEntries / 100);
  if (!isOld && !isLong) return undefined;
  return { ...(isOld ? { before } : {}), ...(isLong ? { beforeSequence: last - maxEntries + 1 } : {}) };
}

/** Entries given up at a time, so that it does not hold up what else goes on in this process. */
const MAX_TRIMMED = 50_000;

/** The sequence that the log begins with after a trim. */
export function trimEnd(
  first: number,
  { beforeSequence = 0 }: AuditCut,
  /** Of the first entry that is young enough. */
  firstYoung: number,
): number {
  return Math.min(Math.max(beforeSequence, firstYoung), first + MAX_TRIMMED);
}

/** Tells of entries that are given up, so that the log itself says where it begins, and why. */
export function trimNote(first: number, end: number, now: Date): AuditNote {
  return {
    ...{ time: now, tenant: "", role: "", fingerprint: "", address: "", action: "trim" },
    ...{ jobName: "", jobId: "", outcome: "OK" },
    detail: `entries ${first} to ${end - 1} were kept as long as configured, and removed`,
  };
}

/** What is wrong with it, a sentence each. */
export function auditRetentionIssues({ keepMs = 1, maxEntries = 1 }: AuditRetention = {}): string[] {
  return [
    ...(Number.isSafeInteger(keepMs) && keepMs >= 1
      ? []
      : [`audit.keepMs must be a positive integer, got ${keepMs}`]),
    ...(Number.isSafeInteger(maxEntries) && maxEntries >= 1 && maxEntries <= MAX_ENTRIES
      ? []
      : [`audit.maxEntries must be an integer from 1 to ${MAX_ENTRIES}, got ${maxEntries}`]),
  ];
}
