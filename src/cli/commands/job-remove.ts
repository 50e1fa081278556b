import { command } from "../command.ts";
import { tellEachName } from "../for-each-name.ts";
import { hinting } from "../hints.ts";
import { untilInterrupted } from "../interrupted.ts";
import { onAgents } from "../on-agents.ts";
import { allContextsFlag, connectionFlags } from "../session.ts";

export default command({
  name: "job rm",
  summary: "Remove jobs that have ended",
  details: `Forgets a job and deletes its output; its name is free again. A job that runs is refused,
unless --force stops it first: SIGTERM, and after 10 seconds SIGKILL.`,
  positionals: {
    names: {
      placeholder: "NAME",
      description: "jobs to remove",
      required: true,
      multiple: true,
      complete: "jobs",
    },
  },
  flags: {
    force: { type: "boolean", short: "f", description: "stop those that run first" },
    ...connectionFlags,
    ...allContextsFlag,
  },
  examples: [
    ["lpr job rm foo", "remove a job that has ended"],
    ["lpr job rm foo bar --force", "stop and remove two jobs"],
  ],
  async run({ flags, args: { names } }) {
    await onAgents(flags, (client, sink) =>
      untilInterrupted(
        () => "what the agent was asked to stop it goes on stopping; what still runs is not removed",
        (signal) =>
          tellEachName(
            names,
            (name) =>
              hinting({ JOB_RUNNING: `lpr job rm ${name} --force stops it first` }, async () => {
                if (!flags.force) await client.remove({ name }, { signal });
                else {
                  // By id from here on: the name may be given to another job while this one is stopped.
                  const { id: jobId } = await client.get({ name }, { signal });
                  await client.stop({ name, jobId }, { signal });
                  await client.remove({ name, jobId }, { signal });
                }
                return "removed";
              }),
            sink,
          ),
      ),
    );
    return 0;
  },
});
