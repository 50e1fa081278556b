import { allPages } from "../all-pages.ts";
import { wantsColor } from "../color.ts";
import { command } from "../command.ts";
import { note, outputFlag, printAs } from "../output.ts";
import { agentDocument, renderAgents } from "../render-fleet.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "fleet agents",
  summary: "Show the agents of the fleet, and what they have room for",
  details: `A line for each agent and pool: jobs that run of how many may, and what is left of processor and memory where the
agent's agent.yaml says how much its jobs may ask for. An agent that is draining takes no more jobs; one that is lost was not
heard of for so long that its jobs were given up. For admins.`,
  flags: {
    pool: {
      type: "string",
      placeholder: "POOL",
      complete: "pools",
      description: "only agents with slots in this pool",
    },
    output: outputFlag,
    ...connectionFlags,
  },
  examples: [
    ["lpr fleet agents", "see hosts, their load and their labels"],
    ["lpr fleet agents --pool build -o json", "those of a pool, for programs"],
  ],
  async run({ flags }) {
    const agents = await withClient(flags, (client) =>
      allPages(async (pageToken) => {
        const { agents: items, nextPageToken } = await client.fleetAgents({ pool: flags.pool, pageToken });
        return { items, nextPageToken };
      }),
    );
    const { columns: width } = process.stdout;
    await printAs(flags.output, agents.map(agentDocument), () =>
      renderAgents(agents, { width: width || undefined, color: wantsColor(process.stdout) }),
    );
    if (agents.length === 0 && flags.output === "table") note("no agents");
    return 0;
  },
});
