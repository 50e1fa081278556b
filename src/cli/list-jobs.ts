import type { Client, ListCall, RemoteJob } from "../client/client.ts";
import { during } from "./progress.ts";
import type { ListedJob } from "./render-jobs.ts";
import { type AllContextsFlags, withClient } from "./session.ts";
import { sortJobs } from "./sort-jobs.ts";

/** What the agent answers with at most. */
const LARGEST_PAGE = 100;

export interface Listing {
  /** Newest first. */
  readonly jobs: readonly RemoteJob[];
  /** There are others, older than these. */
  readonly more: boolean;
}

/** The newest jobs, so many at most, in as many pages as it takes. */
export function listNewest(
  client: Client,
  filter: Omit<ListCall, "pageSize" | "pageToken">,
  limit: number,
  signal: AbortSignal,
): Promise<Listing> {
  // Each page comes soon, all of them may take long.
  return during("listing jobs", async () => {
    const jobs: RemoteJob[] = [];
    let pageToken: string | undefined;
    do {
      const pageSize = Math.min(LARGEST_PAGE, limit - jobs.length);
      const page = await client.list({ ...filter, pageSize, pageToken }, { signal });
      jobs.push(...page.jobs);
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined && jobs.length < limit);
    return { jobs, more: pageToken !== undefined };
  });
}

export interface AgentsListing {
  /** Newest first. */
  readonly jobs: readonly ListedJob[];
  readonly more: boolean;
  /** Of agents that could not be asked. */
  readonly failures: readonly unknown[];
}

/** The newest jobs of the agent that the flags name, or with `--all-contexts` of all of them together. */
export async function listOnAgents(
  flags: AllContextsFlags,
  list: (client: Client) => Promise<Listing>,
  limit: number,
): Promise<AgentsListing> {
  if (!flags["all-contexts"]) {
    const { jobs, more } = await withClient(flags, list);
    return { jobs: jobs.map((job) => ({ job })), more, failures: [] };
  }
  const { onAllContexts } = await import("./all-contexts.ts");
  const { values, failures } = await onAllContexts(flags, list);
  const all = values.flatMap(({ context, value }) => value.jobs.map((job) => ({ job, context })));
  return {
    jobs: sortJobs(all, "created").slice(0, limit),
    more: all.length > limit || values.some(({ value }) => value.more),
    failures,
  };
}
