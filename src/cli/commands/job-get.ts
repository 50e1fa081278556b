import type { Client, RemoteJob } from "../../client/client.ts";
import { JobError } from "../../job/errors.ts";
import type { Usage } from "../../job/types.ts";
import { wantsColor } from "../color.ts";
import { command } from "../command.ts";
import { settleEach, throwAll } from "../for-each-name.ts";
import { outputFlag, printAs } from "../output.ts";
import { renderGet } from "../render-get.ts";
import { jobDocument } from "../render-job.ts";
import { connectionFlags, withClient } from "../session.ts";
import type { ObservedJob } from "../summary.ts";

export default command({
  name: "job get",
  summary: "Show how jobs are doing, or why they ended",
  details: `Says in a sentence how the job is doing or why it ended, and what holds it back. Then the facts: what it asked
for, what is in effect as the kernel tells it, and what it uses of that. lpr job stats shows that from second to second.`,
  positionals: {
    names: { placeholder: "NAME", description: "the jobs", required: true, multiple: true, complete: "jobs" },
  },
  flags: { output: outputFlag, ...connectionFlags },
  examples: [
    ["lpr job get foo", "see how a job is doing"],
    ["lpr job get foo -o json", "the same for programs"],
    ["lpr job get foo bar -o json", "a list of two"],
  ],
  async run({ flags, args: { names } }) {
    const { values: jobs, failures } = await withClient(flags, (client) =>
      settleEach(names, async (name): Promise<ObservedJob> => {
        const job = await client.get({ name });
        // Documents say what a job used once it has ended: it takes one call.
        const usage =
          flags.output === "table" && job.state.status === "RUNNING"
            ? await usageNow(client, job)
            : job.usage;
        return { job, usage, now: new Date() };
      }),
    );
    const documents = jobs.map(({ job }) => jobDocument(job));
    if (jobs.length > 0) {
      await printAs(flags.output, names.length === 1 ? documents[0] : documents, () =>
        jobs.map((it) => renderGet(it, { color: wantsColor(process.stdout) })).join("\n\n\n"),
      );
    }
    throwAll(failures);
    return 0;
  },
});

/** What a running job uses; undefined where the host does not measure it, and when it has gone meanwhile. */
async function usageNow(client: Client, { name, id: jobId }: RemoteJob): Promise<Usage | undefined> {
  try {
    for await (const sample of client.stats({ name, jobId })) return sample[0]?.usage;
  } catch (error) {
    if (!(error instanceof JobError && error.code === "JOB_NOT_FOUND")) throw error;
  }
  return undefined;
}
