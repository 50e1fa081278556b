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
  positionals: { name: { placeholder: "NAME", description: "the job", required: true } },
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
        (signal) => copyLogs(client, { name }, { signal, note, write, follow: flags.follow }),
      ),
    );
    return 0;
  },
});
