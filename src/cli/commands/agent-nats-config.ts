import { command } from "../command.ts";
import { note, print } from "../output.ts";

export default command({
  name: "agent nats-config",
  summary: "Write what NATS servers of a fleet have to know of its agents",
  details: `Writes DIR/lpr-fleet.conf, to be included in the configuration of each nats-server: an account in which every agent
may do what its part in the fleet needs, and no more; and DIR/AGENT.nk for each agent, the key it proves itself with. Keys that
are there already stay, so it can be run again when agents come or go.`,
  positionals: {
    agents: {
      placeholder: "AGENT[:POOL,POOL...]",
      description: "fleet.name of an agent, and the pools it may take jobs of; without them, of all",
      required: true,
      multiple: true,
    },
  },
  flags: {
    dir: {
      type: "string",
      placeholder: "DIR",
      description: "where to write; default: the current directory",
    },
    warden: {
      type: "string",
      placeholder: "AGENT",
      multiple: true,
      description: "an agent that may declare others lost; the others need warden: false in agent.yaml",
    },
  },
  examples: [
    [
      "lpr agent nats-config b1.example.com:build b2.example.com:build --warden b1.example.com",
      "of two agents",
    ],
  ],
  async run({ flags, args }) {
    const { writeNatsConfig } = await import("../../agent/fleet/write-nats-config.ts");
    const { config, seeds } = writeNatsConfig(flags.dir ?? ".", args.agents, flags.warden ?? []);
    await print(`${config}: include it in the configuration of each nats-server`);
    for (const { agent, path, isNew } of seeds) {
      await print(`${path}: ${isNew ? "new key" : "key"} of ${agent}, fleet.credentials in its agent.yaml`);
    }
    note("whoever has such a key is that agent to NATS: take each to its host alone, and remove it here");
    return 0;
  },
});
