import type { RunCall } from "../client/client.ts";
import { runIssues } from "../client/run-issues.ts";
import { readEnvFile } from "./env-file.ts";
import { inOptionNames } from "./hints.ts";
import type { JobFile } from "./job-file.ts";
import { labelsOf } from "./label.ts";
import { limitsOf } from "./limit-options.ts";
import { type RunOptions, runOptions } from "./run-options.ts";
import { UsageError } from "./usage-error.ts";

/** What `job run` is going to do. */
export interface RunPlan {
  readonly input: RunCall;
  /** How to go with the job to its end, if at all. */
  readonly attend: "follow" | "wait" | undefined;
  /** Remove the job when it has ended. */
  readonly remove: boolean;
  /** Ctrl-C stops the job. */
  readonly stopOnInterrupt: boolean;
}

/** What `job run` was told. */
export interface RunWords {
  readonly file?: JobFile | undefined;
  readonly name?: string | undefined;
  readonly flags: RunOptions;
  /** The command and its arguments, as they stand after `--`. */
  readonly words: readonly string[];
  /** What was found wrong with it so far. */
  readonly problems?: readonly string[];
  /** Where to read how it is done. @default "lpr job run --help" */
  readonly hint?: string;
}

/**
 * Joins the job file and the command line, which comes first; lists are joined.
 * @throws UsageError with every problem, those included that the agent would find
 */
export function planRun({ file, words, flags, problems: found = [], hint, ...given }: RunWords): RunPlan {
  const options = merge(file?.options ?? {}, flags);
  const name = given.name ?? file?.name;
  const [command, args] = words.length > 0 ? [words[0], words.slice(1)] : [file?.command, file?.args];
  const generateName = options["generate-name"] || name === undefined;
  const problems = [...found, ...contradictions(options, name)];
  if (command === undefined) {
    problems.push("the command is missing: give it after --, or as command in a job file");
  }
  const readEnv = (path: string) => readEnvFile(path, problems);
  const env = [
    ...(file?.options["env-file"] ?? []).flatMap(readEnv),
    ...(file?.options.env ?? []),
    ...flags["env-file"].flatMap(readEnv),
    ...flags.env,
  ];
  const input: RunCall = {
    ...{ name, generateName, command: command ?? "unknown", args, env },
    workingDir: options.workdir,
    user: options.user,
    labels: labelsOf(options.label),
    timeoutMs: options.timeout,
    limits: limitsOf(options),
    killMode: options["kill-mode"],
    output: options["split-output"] ? "split" : undefined,
    maxLogBytes: options["max-log-size"],
    ifExists: options["if-exists"],
    requestId: options["request-id"],
    dryRun: options["dry-run"],
    isolate: options.isolate,
    fleet:
      options.pool === undefined
        ? undefined
        : { pool: options.pool, prefer: labelsOf(options.prefer), retry: options.retry },
  };
  problems.push(...runIssues(input).map(inOptionNames));
  if (problems.length > 0) throw new UsageError(problems, hint ?? "lpr job run --help");
  return {
    input,
    attend: options.follow ? "follow" : options.wait ? "wait" : undefined,
    remove: options.rm,
    stopOnInterrupt: options["stop-on-interrupt"],
  };
}

function merge(file: JobFile["options"], flags: RunOptions): RunOptions {
  const merged: Record<string, unknown> = {};
  for (const name of Object.keys(runOptions) as (keyof RunOptions)[]) {
    const [inFile, given] = [file[name], flags[name]];
    if (Array.isArray(given)) merged[name] = [...(Array.isArray(inFile) ? inFile : []), ...given];
    else merged[name] = given === undefined || given === false ? (inFile ?? given) : given;
  }
  // Of two that exclude each other, the one of the command line means: not the other.
  if (flags.follow !== flags.wait) {
    merged["follow"] = flags.follow;
    merged["wait"] = flags.wait;
  }
  return merged as RunOptions;
}

function contradictions(options: RunOptions, name: string | undefined): string[] {
  const problems: string[] = [];
  const ifExists = options["if-exists"] ?? "fail";
  if (ifExists !== "fail" && name === undefined) {
    problems.push(`--if-exists ${ifExists} needs a NAME: without one a name is made that no job has`);
  } else if (ifExists !== "fail" && options["generate-name"]) {
    problems.push(
      `--if-exists ${ifExists} and --generate-name exclude each other: no job has a generated name`,
    );
  }
  if (options.pool === undefined) {
    if (options.prefer.length > 0)
      problems.push("--prefer needs --pool: it chooses between the hosts of a pool");
    if (options.retry) problems.push("--retry needs --pool: without one there is no other host to run it on");
  }
  if (options.follow && options.wait) problems.push("--follow and --wait exclude each other");
  const ends = options.follow || options.wait;
  if (options.rm && !ends) {
    problems.push("--rm needs --follow or --wait: the job is removed by whoever waits for its end");
  }
  if (options["stop-on-interrupt"] && !ends) problems.push("--stop-on-interrupt needs --follow or --wait");
  return problems;
}
