import { paintStatuses, wantsColor } from "../color.ts";
import { command } from "../command.ts";
import { outputFlag, printAs } from "../output.ts";
import { jobDocument, renderJob } from "../render-job.ts";
import { connectionFlags, withClient } from "../session.ts";

export default command({
  name: "job get",
  summary: "Show one job",
  details: `Shows how it is doing or why it ended, the limits it asked for and those in effect as the kernel tells
them, and what it used in all once it has ended; lpr job stats shows what it uses now.`,
  positionals: { name: { placeholder: "NAME", description: "the job", required: true } },
  flags: { output: outputFlag, ...connectionFlags },
  examples: [
    ["lpr job get foo", "see how a job is doing"],
    ["lpr job get foo -o json", "the same for programs"],
  ],
  async run({ flags, args: { name } }) {
    const job = await withClient(flags, (client) => client.get({ name }));
    await printAs(flags.output, jobDocument(job), () => {
      const text = renderJob(job);
      return wantsColor(process.stdout) ? paintStatuses(text) : text;
    });
    return 0;
  },
});
