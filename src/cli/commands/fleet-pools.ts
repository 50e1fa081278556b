import { allPages } from "../all-pages.ts";
import { command } from "../command.ts";
import { note, outputFlag, printAs } from "../output.ts";
import { poolDocument, renderPools } from "../render-fleet.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "fleet pools",
  summary: "Show the pools of the fleet, and how many jobs wait",
  details: "A line for each pool that an agent has slots in, or that jobs wait for.",
  flags: { output: outputFlag, ...connectionFlags },
  examples: [["lpr fleet pools", "see where jobs can go, and how long they wait"]],
  async run({ flags }) {
    const pools = await withClient(flags, (client) =>
      allPages(async (pageToken) => {
        const { pools: items, nextPageToken } = await client.fleetPools({ pageToken });
        return { items, nextPageToken };
      }),
    );
    await printAs(flags.output, pools.map(poolDocument), () =>
      renderPools(pools, { width: process.stdout.columns || undefined }),
    );
    if (pools.length === 0 && flags.output === "table") note("no pools");
    return 0;
  },
});
