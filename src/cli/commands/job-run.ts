import { command } from "../command.ts";
import { orLprFailed } from "../exit-with.ts";
import type { JobFile } from "../job-file.ts";
import { onAgents } from "../on-agents.ts";
import { RUN_UNLIKE } from "../other-words.ts";
import { passesOn, runJob } from "../run-job.ts";
import { runOptions } from "../run-options.ts";
import { planRun } from "../run-plan.ts";
import { allContextsFlag, connectionFlags } from "../session.ts";
import { identified } from "../start-job.ts";
import { readTextFile } from "../text-file.ts";

export default command({
  name: "job run",
  summary: "Run a process as a job",
  details: `Starts COMMAND on the agent's host and prints the job's name. Without a NAME one is made from the
command's. What the command line says comes before what the job file says, where every option may stand by its
long name; variables and labels of both are joined. A limit that the agent cannot enforce is refused.

With --follow or --wait the exit code is the job's own (128+n when signal n killed it),
of several hosts the highest; 125 when LPR itself failed, 130 after Ctrl-C, which stops the job only with
--stop-on-interrupt.

With --pool the job waits until a host of the agent's fleet has room for it. It runs on one host at a time, and on
another one only as often as --retry says, after its own was lost.

A connection that is lost while the job is being started is taken up again; the job is started once.`,
  positionals: {
    name: {
      placeholder: "NAME",
      description: "name of the job, 1 to 63 of A-Z a-z 0-9 _ -; made up if not given",
    },
  },
  flags: {
    file: {
      type: "string",
      short: "f",
      placeholder: "FILE",
      description: "job file (YAML); - is standard input",
    },
    ...runOptions,
    ...connectionFlags,
    ...allContextsFlag,
  },
  takesCommand: true,
  unlike: RUN_UNLIKE,
  examples: [
    [`lpr job run foo -- /bin/sh -c 'echo "hello"'`, "run a command"],
    ["lpr job run -f job.yaml", "run what a job file describes"],
    ["lpr job run build -e CI=1 --workdir /src --follow -- make test", "see the output, exit as make did"],
    ["lpr job run web --cpu 0.5 --memory 512M --pids 100 -- /srv/server", "limit what the job may use"],
    ["lpr job run web --if-exists replace -- /srv/server", "in the place of a job that has the name"],
    [
      "lpr job run --follow --rm --stop-on-interrupt --timeout 10m -- /srv/check",
      "like a command of this host: gone when it has ended",
    ],
    ["lpr job run uptime --all-contexts --follow -- uptime", "on every host, each line with its name"],
    ["lpr job run tests --pool build --retry 2 -- make test", "on any host of a fleet that has room"],
    ["lpr job run -f job.yaml --dry-run", "see what would be run"],
  ],
  reportsProblems: true,
  async run({ flags, args, command: words, problems: found }) {
    const problems = [...found];
    const inFile: string[] = [];
    const file = flags.file === undefined ? undefined : await readJobFile(flags.file, inFile);
    problems.push(...inFile);
    if (flags["all-contexts"] && (flags.pool ?? file?.options.pool) !== undefined) {
      problems.push("--pool and --all-contexts exclude each other: the fleet chooses a host");
    }
    const hint = [
      ...(inFile.length === 0 || problems.length > inFile.length ? ["lpr job run --help"] : []),
      ...(inFile.length > 0 ? ["lpr help job.yaml"] : []),
    ].join("\n");
    const plan = planRun({ file, name: args.name, flags, words, problems, hint });
    const input = identified(plan.input);
    const perform = async () =>
      Math.max(...(await onAgents(flags, (client, sink) => runJob(client, input, plan, sink))));
    return passesOn(plan) ? orLprFailed(perform) : perform();
  },
});

/** What can be used of the file; why the rest cannot is added to `problems`. */
async function readJobFile(path: string, problems: string[]): Promise<JobFile> {
  const { parseJobFile } = await import("../job-file.ts");
  const known = problems.length;
  const [name, from] = path === "-" ? ["stdin", 0] : [path, path];
  const text = readTextFile(name, problems, from);
  const file: JobFile = text === undefined ? { args: [], options: {} } : parseJobFile(text, name, problems);
  // Where something is wrong with the file, it may well have a command.
  return problems.length > known ? { command: "unknown", ...file } : file;
}
