import { command } from "../command.ts";
import { orLprFailed } from "../exit-with.ts";
import { untilInterrupted } from "../interrupted.ts";
import { keepsRunning, passOn, waitToEnd } from "../job-end.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "job wait",
  summary: "Wait for a job to end, and exit as it did",
  details: `Prints how the job ended. The exit code is the job's own (128+n when signal n killed it),
125 when LPR itself failed, 130 after Ctrl-C, which does not stop the job.`,
  positionals: { name: { placeholder: "NAME", description: "the job", required: true } },
  flags: connectionFlags,
  examples: [["lpr job wait foo && echo fine", "go on when a job has succeeded"]],
  run({ flags, args: { name } }) {
    return orLprFailed(() =>
      withClient(flags, (client) =>
        untilInterrupted(
          () => keepsRunning(name),
          async (signal) => {
            // By id from here on: the name may be given to another job while we wait.
            const { id } = await client.get({ name }, { signal });
            return passOn(await waitToEnd(client, { name, jobId: id }, signal));
          },
        ),
      ),
    );
  },
});
