import type { Client } from "../../client/client.ts";
import type { Job, ListInput, Status } from "../../job/types.ts";
import { paintStatuses, wantsColor } from "../color.ts";
import { command } from "../command.ts";
import { labelsOf, parseLabel } from "../label.ts";
import { note, outputFlag, printAs } from "../output.ts";
import { jobDocument, renderJobs } from "../render-job.ts";
import { connectionFlags, withClient } from "../session.ts";

const STATUSES: readonly Status[] = ["RUNNING", "FAILED", "SUCCEEDED"];

export default command({
  name: "job list",
  summary: "List jobs, newest first",
  details: "Shows all jobs that you may see: your own, and with the role admin everybody's.",
  flags: {
    status: {
      type: "string",
      short: "s",
      placeholder: "STATUS",
      multiple: true,
      parse: parseStatus,
      description: `only jobs that are ${STATUSES.join(", ")}`,
    },
    label: {
      type: "string",
      short: "l",
      placeholder: "KEY=VALUE",
      multiple: true,
      parse: parseLabel,
      description: "only jobs with this label, and with all of them where there are several",
    },
    output: outputFlag,
    ...connectionFlags,
  },
  examples: [
    ["lpr job list", "all jobs"],
    ["lpr job list --status running", "those that run"],
    ["lpr job list --label team=web --label env=prod", "those with both labels"],
    ["lpr job list -o json", "the same for programs"],
  ],
  async run({ flags }) {
    const filter = { statuses: flags.status, labels: labelsOf(flags.label) };
    const jobs = await withClient(flags, (client) => listAll(client, filter));
    if (jobs.length === 0 && flags.output === "table") note("no jobs");
    await printAs(flags.output, jobs.map(jobDocument), () => {
      const text = renderJobs(jobs, new Date(), process.stdout.columns);
      return wantsColor(process.stdout) ? paintStatuses(text) : text;
    });
    return 0;
  },
});

async function listAll(client: Client, input: ListInput): Promise<Job[]> {
  const all: Job[] = [];
  let pageToken: string | undefined;
  do {
    const page = await client.list({ ...input, pageToken });
    all.push(...page.jobs);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return all;
}

function parseStatus(text: string): Status {
  const status = STATUSES.find((known) => known === text.toUpperCase());
  if (status === undefined)
    throw new Error(`must be one of ${STATUSES.join(", ")}, got ${JSON.stringify(text)}`);
  return status;
}
