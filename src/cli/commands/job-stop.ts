import type { StopOutput } from "../../job/types.ts";
import { command } from "../command.ts";
import { parseDuration } from "../duration.ts";
import { forEachName } from "../for-each-name.ts";
import { untilInterrupted } from "../interrupted.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "job stop",
  summary: "Stop jobs gracefully",
  details: `Sends SIGTERM, and after the grace period kills every process that the job started.
Stopping a job that has ended shows how it ended.`,
  positionals: {
    names: { placeholder: "NAME", description: "jobs to stop", required: true, multiple: true },
  },
  flags: {
    "grace-period": {
      type: "string",
      placeholder: "DURATION",
      default: "10s",
      parse: parseDuration,
      description: "time between SIGTERM and SIGKILL, 0 kills at once",
    },
    ...connectionFlags,
  },
  examples: [
    ["lpr job stop foo", "stop a job"],
    ["lpr job stop foo bar --grace-period 1m30s", "give two jobs more time"],
  ],
  async run({ flags, args: { names } }) {
    const gracePeriodMs = flags["grace-period"];
    await withClient(flags, (client) =>
      untilInterrupted(
        () => "the agent goes on stopping what it was asked to",
        (signal) =>
          forEachName(names, async (name) =>
            describe(await client.stop({ name, gracePeriodMs }, { signal })),
          ),
      ),
    );
    return 0;
  },
});

function describe({ status, exitCode }: StopOutput): string {
  return `${status}, ${exitCode === undefined ? "no exit code" : `exit code ${exitCode}`}`;
}
