import { command } from "../command.ts";
import { copyLogs } from "../follow.ts";
import { untilInterrupted } from "../interrupted.ts";
import { note, write } from "../output.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "job logs",
  summary: "Stream the output of a job",
  details: `Prints everything the job has written to its standard output and error, byte for byte, and goes on
until it ends. Ctrl-C only stops the reading.`,
  positionals: { name: { placeholder: "NAME", description: "the job", required: true, complete: "jobs" } },
  flags: {
    follow: {
      type: "boolean",
      short: "f",
      default: true,
      description: "end with the output there is now",
    },
    ...connectionFlags,
  },
  examples: [
    ["lpr job logs foo", "follow a job until it ends"],
    ["lpr job logs foo --no-follow | grep error", "search what it has written so far"],
  ],
  async run({ flags, args: { name } }) {
    await withClient(flags, (client) =>
      untilInterrupted(
        () => `stopped reading; job ${name} is not touched by that`,
        async (signal) => {
          // By id from here on, so that a lost connection can be taken up even before the first byte.
          const { id } = await client.get({ name }, { signal });
          await copyLogs(client, { name, jobId: id }, { signal, note, write, follow: flags.follow });
        },
      ),
    );
    return 0;
  },
});
