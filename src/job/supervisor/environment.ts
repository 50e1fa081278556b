import { JobError } from "../errors.ts";
import type { Account } from "../types.ts";
import enter from "./enter.sh" with { type: "text" };
import type { Tools } from "./tools.ts";

export const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Names that one of the shells keeps for itself: read-only there, or given a meaning or a value of its own.
 * They reach the job through env(1). Source: bash(1) "Shell Variables", dash(1), busybox ash.
 */
const SHELL_NAMES = new Set(
  `_ BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_LINENO
  BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME
  GROUPS HISTCMD LINENO OLDPWD OPTARG OPTERR OPTIND PIPESTATUS POSIXLY_CORRECT PPID PWD RANDOM SECONDS
  SHELLOPTS SHLVL SRANDOM UID`.split(/\s+/),
);

function belongsToShells(name: string): boolean {
  return SHELL_NAMES.has(name);
}

export interface EnterInput {
  readonly command: string;
  readonly args: readonly string[];
  /** The complete environment of the command; see {@link jobEnvironment}. */
  readonly env: ReadonlyMap<string, string>;
  readonly workingDir: string;
  /** Programs to go through, with their arguments: setsid where the account is kept. */
  readonly through: readonly string[];
  readonly tools: Pick<Tools, "env" | "shAdds">;
  /** Ends where the command would begin. */
  readonly dryRun?: boolean | undefined;
}

/** What a job finds in its environment: who it runs as, what was asked, which wins, and which job it is. */
export function jobEnvironment(
  account: Account,
  own: Readonly<Record<string, string>>,
  asked: readonly string[],
): Map<string, string> {
  const env = new Map([
    ["PATH", DEFAULT_PATH],
    ["HOME", account.home],
    ["USER", account.name],
    ["LOGNAME", account.name],
    ["SHELL", account.shell],
  ]);
  for (const entry of asked) {
    const equals = entry.indexOf("=");
    env.set(entry.slice(0, equals), entry.slice(equals + 1));
  }
  // Last: a job is found again by them.
  for (const [name, value] of Object.entries(own)) env.set(name, value);
  return env;
}

/**
 * The script that the job's side of the shim reads from its stdin.
 * @throws JobError INVALID_INPUT for a command that env(1) cannot start
 */
export function enterScript(input: EnterInput): string {
  const { command, args, env, workingDir, through, tools, dryRun } = input;
  const exported = [...env].filter(([name]) => !belongsToShells(name));
  const passed = [...env].filter(([name]) => belongsToShells(name)).map((pair) => pair.join("="));
  const dropped = tools.shAdds.flatMap((name) => ["-u", name]);
  const byEnv = passed.length + dropped.length > 0;
  if (byEnv && command.includes("=")) {
    throw new JobError(
      "INVALID_INPUT",
      `command must not hold "=" on this host, got ${JSON.stringify(command)}`,
      {
        hint: "run it through a link, or through /bin/sh -c",
      },
    );
  }
  const prefix = byEnv ? [...through, tools.env, ...dropped, ...passed] : through;
  const words = [...prefix, command, ...args].map(quote).join(" ");
  return [
    `PATH=${quote(env.get("PATH") ?? DEFAULT_PATH)}`,
    `working_dir=${quote(workingDir)}`,
    `command=${quote(command)}`,
    enter,
    ...exported.map(([name, value]) => `export ${name}=${quote(value)}`),
    // Braces: the shell has read the whole line before it gives stdin away.
    dryRun
      ? "{ trap - EXIT; echo started >&3; exit 0; }"
      : // The agent first: when it is gone the pipe's signal ends this, and the mark says rightly "never started".
        `{ echo started >&3; echo started >&5; exec ${words} </dev/null >&4 2>&6 3>&- 4>&- 5>&- 6>&-; }`,
    "",
  ].join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
