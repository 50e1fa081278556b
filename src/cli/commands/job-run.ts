import type { RunInput } from "../../job/types.ts";
import { command } from "../command.ts";
import { parseEnvEntry, readEnvFile, readText } from "../env-file.ts";
import { orLprFailed } from "../exit-with.ts";
import { endOf, followToEnd } from "../job-end.ts";
import type { JobFile } from "../job-file.ts";
import { note, print } from "../output.ts";
import { connectionFlags, withClient } from "../session.ts";
import { UsageError } from "../usage-error.ts";

export default command({
  name: "job run",
  summary: "Run a process as a job",
  details: `Starts COMMAND on the agent's host and prints the job's name. What the command line says comes
before what the job file says; variables of both are joined.

With --follow or --wait the exit code is the job's own (128+n when signal n killed it),
125 when LPR itself failed, 130 after Ctrl-C. Ctrl-C never stops the job.`,
  positionals: {
    name: { placeholder: "NAME", description: "name of the job, 1 to 63 of A-Z a-z 0-9 _ -" },
  },
  flags: {
    file: {
      type: "string",
      short: "f",
      placeholder: "FILE",
      description: "job file (YAML); - is standard input",
    },
    env: {
      type: "string",
      short: "e",
      placeholder: "NAME=VALUE",
      multiple: true,
      parse: parseEnvEntry,
      description: "variable of the job's environment",
    },
    "env-file": {
      type: "string",
      placeholder: "FILE",
      multiple: true,
      description: "file with a NAME=VALUE on each line",
    },
    workdir: {
      type: "string",
      short: "w",
      placeholder: "DIR",
      description: "directory the command starts in, on the agent's host; / if not given",
    },
    follow: { type: "boolean", description: "stream the output, then exit as the job did" },
    wait: { type: "boolean", description: "wait for the end without output, then exit as the job did" },
    ...connectionFlags,
  },
  takesCommand: true,
  examples: [
    [`lpr job run foo -- /bin/sh -c 'echo "hello"'`, "run a command"],
    ["lpr job run -f job.yaml", "run what a job file describes"],
    ["lpr job run build -e CI=1 --workdir /src --follow -- make test", "see the output, exit as make did"],
  ],
  async run({ flags, args, command: words }) {
    const file = flags.file === undefined ? undefined : await readJobFile(flags.file);
    const input = runInput(file, args.name, flags, words);
    const follow = flags.follow || (file?.follow === true && !flags.wait);
    const wait = flags.wait || (file?.wait === true && !flags.follow);
    if (follow && wait) throw new UsageError(["--follow and --wait exclude each other"]);
    if (follow || wait) {
      return orLprFailed(() =>
        withClient(flags, async (client) => {
          const { name, id } = await client.run(input);
          note(`job ${name} started`);
          return follow ? followToEnd(client, { name, jobId: id }) : endOf(client, { name, jobId: id });
        }),
      );
    }
    const { name } = await withClient(flags, (client) => client.run(input));
    note(`job ${name} started; its output: lpr job logs ${name}`);
    await print(name);
    return 0;
  },
});

async function readJobFile(path: string): Promise<JobFile> {
  const { parseJobFile } = await import("../job-file.ts");
  return parseJobFile(readText(path), path === "-" ? "stdin" : path);
}

interface RunFlags {
  readonly env: readonly string[];
  readonly "env-file": readonly string[];
  readonly workdir: string | undefined;
}

/** Joins the job file and the command line, which comes first. */
export function runInput(
  file: JobFile | undefined,
  nameGiven: string | undefined,
  flags: RunFlags,
  words: readonly string[],
): RunInput {
  const name = nameGiven ?? file?.name;
  const [commandPath, args] = words.length > 0 ? [words[0], words.slice(1)] : [file?.command, file?.args];
  const problems: string[] = [];
  if (name === undefined) problems.push("NAME is missing: give it before --, or as name in a job file");
  if (commandPath === undefined)
    problems.push("the command is missing: give it after --, or as command in a job file");
  const readEnv = (path: string) => readEnvFile(path, problems);
  const env = [
    ...(file?.envFiles ?? []).flatMap(readEnv),
    ...(file?.env ?? []),
    ...flags["env-file"].flatMap(readEnv),
    ...flags.env,
  ];
  if (name === undefined || commandPath === undefined || problems.length > 0) {
    throw new UsageError(problems, "lpr job run --help");
  }
  return {
    name,
    command: commandPath,
    args,
    env,
    workingDir: flags.workdir ?? file?.workdir,
  };
}
