import { interleave } from "../interleave.ts";
import type { Lab } from "../lab/lab.ts";
import type { PartReport } from "../result.ts";
import { runIdleJobs } from "./idle-jobs.ts";

/** How long a host is without its agent after kill -9: until the next one serves and knows every job again. */
export async function measureAdopt(lab: Lab): Promise<PartReport> {
  const { signal, manyJobs } = lab;
  await using empty = await lab.startAgent();
  await using full = await lab.startAgent();
  await runIdleJobs(full, manyJobs, signal);
  const times = await interleave(
    {
      full: async () => {
        await full.crashAndRestart();
        const running = await countRunning(full.client, signal);
        if (running !== manyJobs) throw new Error(`of ${manyJobs} jobs ${running} were adopted`);
        return full.startedInMs;
      },
      empty: async () => {
        await empty.crashAndRestart();
        return empty.startedInMs;
      },
    },
    { rounds: 5, warmUp: 1, signal },
  );
  return {
    results: [
      {
        ...{ what: `restart until ${manyJobs} running jobs are adopted`, unit: "ms", better: "lower" },
        ours: times.full,
        peer: { name: "restart without jobs", value: times.empty },
        aim: "2,000 ms for 1,000",
      },
    ],
  };
}

async function countRunning(client: Lab["agent"]["client"], signal: AbortSignal): Promise<number> {
  let count = 0;
  let pageToken: string | undefined;
  do {
    const page = await client.list({ statuses: ["RUNNING"], pageToken }, { signal });
    count += page.jobs.length;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return count;
}
