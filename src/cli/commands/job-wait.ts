import { command } from "../command.ts";
import { orLprFailed } from "../exit-with.ts";
import { forEachName } from "../for-each-name.ts";
import { untilInterrupted } from "../interrupted.ts";
import { keepsRunning, passOn, waitToEnd } from "../job-end.ts";
import { note } from "../output.ts";
import { connectionFlags, withClient } from "../session.ts";
import { untilPlaced } from "../until-placed.ts";

export default command({
  name: "job wait",
  summary: "Wait for jobs to end, and exit as they did",
  details: `Prints how each job ended, as it ends. The exit code is the job's own (128+n when signal n killed it),
of several jobs the highest; 125 when LPR itself failed, 130 after Ctrl-C, which does not stop a job.`,
  positionals: {
    names: { placeholder: "NAME", description: "the jobs", required: true, multiple: true, complete: "jobs" },
  },
  flags: connectionFlags,
  examples: [
    ["lpr job wait foo && echo fine", "go on when a job has succeeded"],
    ["lpr job wait foo bar", "wait for both"],
  ],
  run({ flags, args: { names } }) {
    return orLprFailed(() =>
      withClient(flags, (client) =>
        untilInterrupted(
          () => keepsRunning(...names),
          async (signal) => {
            const exitCodes = await forEachName(names, async (name) => {
              // By id from here on: the name may be given to another job while we wait.
              const job = await client.get({ name }, { signal });
              const { id } = job;
              await untilPlaced(client, job, { signal, note });
              return passOn(await waitToEnd(client, { name, jobId: id }, signal));
            });
            return Math.max(...exitCodes);
          },
        ),
      ),
    );
  },
});
