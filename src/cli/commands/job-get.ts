import { paintStatuses, wantsColor } from "../color.ts";
import { command } from "../command.ts";
import { settleEachName, throwAll } from "../for-each-name.ts";
import { outputFlag, printAs } from "../output.ts";
import { jobDocument, renderJob } from "../render-job.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "job get",
  summary: "Show how jobs are doing, or why they ended",
  details: `Shows how it is doing or why it ended, the limits it asked for and those in effect as the kernel tells
them, and what it used in all once it has ended; lpr job stats shows what it uses now.`,
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
      settleEachName(names, (name) => client.get({ name })),
    );
    const documents = jobs.map(jobDocument);
    if (jobs.length > 0) {
      await printAs(flags.output, names.length === 1 ? documents[0] : documents, () => {
        const text = jobs.map((job) => renderJob(job)).join("\n\n");
        return wantsColor(process.stdout) ? paintStatuses(text) : text;
      });
    }
    throwAll(failures);
    return 0;
  },
});
