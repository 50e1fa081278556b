import { command } from "../command.ts";
import { hinting } from "../hints.ts";
import { note } from "../output.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "job signal",
  summary: "Send a signal to a running job",
  details: `Sends it to the main process of the job, or with --all to every process of it. To end a job use
lpr job stop, which makes sure of it.`,
  positionals: {
    name: { placeholder: "NAME", description: "the job", required: true },
    signal: { placeholder: "SIGNAL", description: "name of the signal: HUP, SIGUSR1", required: true },
  },
  flags: {
    all: { type: "boolean", short: "a", description: "to every process of the job" },
    ...connectionFlags,
  },
  examples: [
    ["lpr job signal foo HUP", "have it read its configuration again"],
    ["lpr job signal foo SIGSTOP --all", "halt all of its processes"],
  ],
  async run({ flags, args: { name, signal } }) {
    const all = flags.all;
    await withClient(flags, (client) =>
      hinting({ JOB_ENDED: `lpr job get ${name} shows how` }, () => client.signal({ name, signal, all })),
    );
    note(`${signal.toUpperCase()} sent to ${all ? "every process" : "the main process"} of job ${name}`);
    return 0;
  },
});
