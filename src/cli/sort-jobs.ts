import type { RemoteJob } from "../client/client.ts";
import type { ListedJob } from "./render-jobs.ts";

export const SORT_KEYS = ["created", "name", "status", "duration"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** In the order of how much somebody has to care. */
const STATUS_ORDER = ["FAILED", "PENDING", "RUNNING", "SUCCEEDED"];

/** Newest first, names from A, failures first, longest first. */
export function sortJobs(jobs: readonly ListedJob[], key: SortKey, now = new Date()): ListedJob[] {
  const newestFirst = (a: RemoteJob, b: RemoteJob) => b.createdAt.getTime() - a.createdAt.getTime();
  const comparisons: Record<SortKey, (a: RemoteJob, b: RemoteJob) => number> = {
    created: newestFirst,
    name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    status: (a, b) =>
      STATUS_ORDER.indexOf(a.state.status) - STATUS_ORDER.indexOf(b.state.status) || newestFirst(a, b),
    duration: (a, b) => durationOf(b, now) - durationOf(a, now),
  };
  return jobs.toSorted((a, b) => comparisons[key](a.job, b.job));
}

/** Of one that never ran, less than of any other. */
function durationOf({ state, startedAt }: RemoteJob, now: Date): number {
  if (!startedAt) return -1;
  const end = "finishedAt" in state ? state.finishedAt : now;
  return end.getTime() - startedAt.getTime();
}
