import { command } from "../command.ts";
import { parseGracePeriod } from "../duration.ts";
import { tellEachName } from "../for-each-name.ts";
import { untilInterrupted } from "../interrupted.ts";
import { onAgents } from "../on-agents.ts";
import { STOP_UNLIKE } from "../other-words.ts";
import { allContextsFlag, connectionFlags } from "../session.ts";
import { stopJob } from "../stop-job.ts";

export default command({
  name: "job stop",
  summary: "Stop jobs gracefully",
  details: `Sends SIGTERM, and after the grace period kills every process that the job started.
Prints how each job ended, also of one that had ended before.`,
  positionals: {
    names: {
      placeholder: "NAME",
      description: "jobs to stop",
      required: true,
      multiple: true,
      complete: "running jobs",
    },
  },
  flags: {
    "grace-period": {
      type: "string",
      short: "t",
      placeholder: "DURATION",
      default: "10s",
      parse: parseGracePeriod,
      description: "time between SIGTERM and SIGKILL, at most 24h; 0 kills at once",
    },
    ...connectionFlags,
    ...allContextsFlag,
  },
  unlike: STOP_UNLIKE,
  examples: [
    ["lpr job stop foo", "stop a job"],
    ["lpr job stop foo bar --grace-period 1m30s", "give two jobs more time"],
  ],
  async run({ flags, args: { names } }) {
    const gracePeriodMs = flags["grace-period"];
    let asked = false;
    const onAsked = () => {
      asked = true;
    };
    await onAgents(flags, (client, sink) =>
      untilInterrupted(
        () => (asked ? "the agent goes on stopping what it was asked to" : "nothing was stopped"),
        (signal) => {
          const stop = (name: string) => stopJob(client, { name, gracePeriodMs }, { signal, onAsked });
          return tellEachName(names, stop, sink);
        },
      ),
    );
    return 0;
  },
});
