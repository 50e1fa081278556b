import type { Client, RemoteStatus } from "../../client/client.ts";
import { wantsColor } from "../color.ts";
import { command } from "../command.ts";
import { throwAll } from "../for-each-name.ts";
import { untilInterrupted } from "../interrupted.ts";
import { labelsOf, parseLabel } from "../label.ts";
import { listNewest, listOnAgents } from "../list-jobs.ts";
import { parseCount } from "../numbers.ts";
import { note, outputFlag, print, printAs } from "../output.ts";
import { jobDocument } from "../render-job.ts";
import { renderJobs } from "../render-jobs.ts";
import { allContextsFlag, connectionFlags } from "../session.ts";
import { SORT_KEYS, sortJobs } from "../sort-jobs.ts";
import { didYouMean } from "../suggest.ts";
import { UsageError } from "../usage-error.ts";

const STATUSES: readonly RemoteStatus[] = ["RUNNING", "FAILED", "SUCCEEDED", "PENDING"];
/** What a screen or two of a table hold. */
const DEFAULT_ROWS = 50;

export default command({
  name: "job list",
  summary: "List jobs, newest first",
  details: `Shows the jobs that you may see: your own, and with the role admin everybody's. A table holds the
${DEFAULT_ROWS} newest and says when there are more; json, yaml and --quiet hold all.

With --fleet those of the agent's fleet, wherever they run or wait, in the order of their names.`,
  positionals: {
    prefix: { placeholder: "PREFIX", description: "only jobs whose names begin with this", complete: "jobs" },
  },
  flags: {
    status: {
      type: "string",
      short: "s",
      placeholder: "STATUS",
      multiple: true,
      parse: parseStatus,
      complete: STATUSES.map((status) => status.toLowerCase()),
      description: `only jobs that are ${STATUSES.join(", ")}; the last only with --fleet`,
    },
    fleet: {
      type: "boolean",
      description: "the jobs of the fleet, in place of those of the agent's own host",
    },
    pool: {
      type: "string",
      placeholder: "POOL",
      complete: "pools",
      description: "only jobs of this pool of the fleet",
    },
    label: {
      type: "string",
      short: "l",
      placeholder: "KEY=VALUE",
      multiple: true,
      parse: parseLabel,
      description: "only jobs with this label, and with all of them where there are several",
    },
    tenant: { type: "string", placeholder: "TENANT", description: "only jobs that this tenant started" },
    mine: { type: "boolean", short: "m", description: "only jobs that you started" },
    limit: {
      type: "string",
      short: "n",
      placeholder: "N",
      parse: parseCount,
      description: "the newest N",
    },
    all: { type: "boolean", short: "a", description: "however many there are" },
    sort: {
      type: "string",
      placeholder: "KEY",
      choices: SORT_KEYS,
      description:
        "order of what is shown: newest, A to Z, failed before running, or longest first; created if not given",
    },
    reverse: { type: "boolean", short: "r", description: "the other way round" },
    output: outputFlag,
    ...connectionFlags,
    ...allContextsFlag,
    quiet: { type: "boolean", short: "q", description: "names only" },
  },
  examples: [
    ["lpr job list", "the newest jobs"],
    ["lpr job list web --status running", "those that run, of names such as web and web-1"],
    ["lpr job list --label team=web --label env=prod", "those with both labels"],
    ["lpr job rm $(lpr job list --mine --status succeeded -q)", "tidy up"],
    ["lpr job list --all-contexts", "those of every host that you are logged in to"],
    ["lpr job list --fleet --status pending", "those that wait for a host of the fleet"],
    ["lpr job list -o json", "all of them, for programs"],
  ],
  async run({ flags, args }) {
    const fleet = flags.fleet || flags.pool !== undefined;
    refuseContradictions({ ...flags, fleet });
    const limit =
      flags.limit ??
      (flags.all || flags.quiet || flags.output !== "table" ? Number.POSITIVE_INFINITY : DEFAULT_ROWS);
    const list = (client: Client) =>
      untilInterrupted(
        () => undefined,
        async (signal) => {
          const createdBy = flags.mine ? (await client.info({ signal })).tenant : flags.tenant;
          const filter = {
            ...{ statuses: flags.status, labels: labelsOf(flags.label), createdBy },
            ...{ namePrefix: args.prefix, fleet, pool: flags.pool },
          };
          return listNewest(client, filter, limit, signal);
        },
      );
    const { jobs, more, failures } = await listOnAgents(flags, list, limit);
    const sorted = sortJobs(jobs, flags.sort ?? "created");
    if (flags.reverse) sorted.reverse();
    if (flags.quiet) {
      const names = sorted.map(({ job, context }) =>
        context === undefined ? job.name : `${context}: ${job.name}`,
      );
      if (names.length > 0) await print(names.join("\n"));
    } else {
      // Of agents that could not be asked nobody knows that there are none.
      if (jobs.length === 0 && flags.output === "table") throwAll(failures);
      const documents = sorted.map(({ job, context }) =>
        context === undefined ? jobDocument(job) : { context, ...jobDocument(job) },
      );
      await printAs(flags.output, documents, () =>
        renderJobs(sorted, { width: process.stdout.columns || undefined, color: wantsColor(process.stdout) }),
      );
      if (jobs.length === 0 && flags.output === "table") note("no jobs");
    }
    if (more) note(`the ${jobs.length} newest are shown; all of them: --all`);
    throwAll(failures);
    return 0;
  },
});

interface Contradicting {
  readonly [name: string]: unknown;
}

function refuseContradictions(flags: Contradicting): void {
  const { limit, all, mine, tenant, quiet, output, fleet, status } = flags;
  const problems = [
    ...(Array.isArray(status) && status.includes("PENDING") && !fleet
      ? ["--status pending needs --fleet: only jobs of a fleet wait for a host"]
      : []),
    ...(fleet && flags["all-contexts"] ? ["--fleet and --all-contexts exclude each other"] : []),
    ...(limit !== undefined && all ? ["--limit and --all exclude each other"] : []),
    ...(mine && tenant !== undefined ? ["--mine and --tenant exclude each other"] : []),
    ...(quiet && output !== "table" ? [`--quiet prints names only: leave out --output ${output}`] : []),
  ];
  if (problems.length > 0) throw new UsageError(problems, "lpr job list --help");
}

function parseStatus(text: string): RemoteStatus {
  const status = STATUSES.find((known) => known === text.toUpperCase());
  if (status === undefined)
    throw new Error(
      `must be one of ${STATUSES.join(", ")}, got ${JSON.stringify(text)}${didYouMean(text, STATUSES)}`,
    );
  return status;
}
