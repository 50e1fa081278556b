import type { Client } from "../client/client.ts";
import type { Job, ListInput } from "../job/types.ts";

/** What the agent answers with at most. */
const LARGEST_PAGE = 100;

export interface Listing {
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** There are others, older than these. */
  readonly more: boolean;
}

/** The newest jobs, so many at most, in as many pages as it takes. */
export async function listNewest(
  client: Client,
  filter: Omit<ListInput, "pageSize" | "pageToken">,
  limit: number,
  signal: AbortSignal,
): Promise<Listing> {
  const jobs: Job[] = [];
  let pageToken: string | undefined;
  do {
    const pageSize = Math.min(LARGEST_PAGE, limit - jobs.length);
    const page = await client.list({ ...filter, pageSize, pageToken }, { signal });
    jobs.push(...page.jobs);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined && jobs.length < limit);
  return { jobs, more: pageToken !== undefined };
}
