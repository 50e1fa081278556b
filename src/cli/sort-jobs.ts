import type { Job } from "../job/types.ts";
import type { ListedJob } from "./render-jobs.ts";

export const SORT_KEYS = ["created", "name", "status", "duration"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** In the order of how much somebody has to care. */
const STATUS_ORDER = ["FAILED", "RUNNING", "SUCCEEDED"];

/** Newest first, names from A, failures first, longest first. */
export function sortJobs(jobs: readonly ListedJob[], key: SortKey, now = new Date()): ListedJob[] {
  const newestFirst = (a: Job, b: Job) => b.createdAt.getTime() - a.createdAt.getTime();
  const comparisons: Record<SortKey, (a: Job, b: Job) => number> = {
    created: newestFirst,
    name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    status: (a, b) =>
      STATUS_ORDER.indexOf(a.state.status) - STATUS_ORDER.indexOf(b.state.status) || newestFirst(a, b),
    duration: (a, b) => durationOf(b, now) - durationOf(a, now),
  };
  return jobs.toSorted((a, b) => comparisons[key](a.job, b.job));
}

function durationOf({ state, startedAt }: Job, now: Date): number {
  const end = state.status === "RUNNING" ? now : state.finishedAt;
  return end.getTime() - startedAt.getTime();
}
