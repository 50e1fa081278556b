import type { FleetContext } from "../../fleet/context.ts";
import { queueOf } from "../../fleet/queue.ts";
import type { FleetPageInput, FleetPool, FleetPoolsOutput } from "../../rpc/convert/fleet.ts";
import { pageOf, readBeats } from "./agents.ts";

/** @throws JobError INVALID_INPUT, UNAVAILABLE */
export async function listPools(context: FleetContext, page: FleetPageInput): Promise<FleetPoolsOutput> {
  const pools = new Map<string, { agents: number; slots: number; running: number }>();
  for (const { state, pools: loads } of await readBeats(context)) {
    for (const [name, { slots, running }] of Object.entries(loads)) {
      const pool = pools.get(name) ?? { agents: 0, slots: 0, running: 0 };
      pools.set(name, pool);
      if (state === "lost") continue;
      pool.agents += 1;
      pool.running += running;
      // What drains has none for new jobs.
      pool.slots += state === "up" ? slots : running;
    }
  }
  const names = [...pools].map(([name, load]) => ({ name, ...load }));
  const { items, nextPageToken } = pageOf(names, page);
  const described = await Promise.all(
    items.map(
      async (pool): Promise<FleetPool> => ({ ...pool, ...(await queueOf(context.connection, pool.name)) }),
    ),
  );
  return { pools: described, nextPageToken };
}
