/**
 * How a command of LPR is declared: once, as data. Parsing, help and completion all read it.
 *
 * A verb file, `commands/job-stop.ts` for instance, default-exports one command:
 *
 * ```ts
 * import { command } from "../command.ts";
 * import { parseDuration } from "../duration.ts";
 * import { connectionFlags, withClient } from "../session.ts";
 *
 * export default command({
 *   name: "job stop",
 *   summary: "Stop jobs gracefully",
 *   details: "Sends SIGTERM, and SIGKILL after the grace period.",        // optional, a paragraph
 *   positionals: {
 *     names: { placeholder: "NAME", description: "job to stop", required: true, multiple: true },
 *   },
 *   flags: {
 *     "grace-period": {
 *       type: "string", placeholder: "DURATION", parse: parseDuration, default: "10s",
 *       description: "time between SIGTERM and SIGKILL",
 *     },
 *     force: { type: "boolean", short: "F", description: "do not ask" },
 *     ...connectionFlags,                                                // only commands that call an agent
 *   },
 *   examples: [["lpr job stop foo", "stop one job"]],
 *   async run({ flags, args }) {                                         // flags["grace-period"] is a number here
 *     await withClient(flags, async (client) => { ... });
 *     print("result to stdout");                                         // output.ts: print, note, table ...
 *     return 0;                                                          // exit code, default 0
 *   },
 * });
 * ```
 *
 * and is registered in `tree.ts`, where it is imported lazily. Errors: throw `UsageError` (exit 2) for a
 * command line that makes no sense, `JobError` with a hint (exit 1) for everything else; never print them.
 * Heavy modules are imported with `await import()` inside `run`: help must not load them.
 */
import { type CommandDef, defineCommand } from "citty";
import type { Unlike } from "./other-words.ts";
import { keepQuiet } from "./output.ts";
import { parseCommandLine } from "./parse.ts";

interface FlagBase {
  readonly description: string;
  /** One letter, given as `-x`. */
  readonly short?: string;
  /** Other long names, accepted but not shown. */
  readonly aliases?: readonly string[];
  /** Heading in the help. @default "Options" */
  readonly group?: string;
}

/** `--name`; with `default: true` it is shown and given as `--no-name`. */
export interface BooleanFlag extends FlagBase {
  readonly type: "boolean";
  readonly default?: boolean;
}

/** `--name VALUE`, `--name=VALUE`, `-xVALUE`, `-x VALUE` or `-x=VALUE`. */
export interface ValueFlag extends FlagBase {
  readonly type: "string";
  /** Stands for the value in the help, in capitals. */
  readonly placeholder: string;
  /** May be given again and again; its value is then an array. */
  readonly multiple?: boolean;
  /** As the user would write it. */
  readonly default?: string;
  readonly choices?: readonly string[];
  /** @default its choices; for a FILE or a DIR those of this machine; else nothing */
  readonly complete?: Completion;
  /** Text to value; throws an Error that says which rule the text breaks. */
  readonly parse?: (text: string) => unknown;
}

/** What a shell offers: names that the agent or the saved logins know, paths of this machine, or words. */
export type Completion =
  | "jobs"
  | "running jobs"
  | "pools"
  | "logins"
  | "files"
  | "directories"
  | readonly string[];

export type Flags = Readonly<Record<string, BooleanFlag | ValueFlag>>;

export interface Positional {
  readonly placeholder: string;
  readonly description: string;
  readonly required?: boolean;
  /** Takes all but what those after it need; its value is then an array. Only for one of them. */
  readonly multiple?: boolean;
  /** @default nothing */
  readonly complete?: Completion;
}

export type Positionals = Readonly<Record<string, Positional>>;

type Parsed<F> = F extends { choices: readonly (infer C)[] }
  ? C
  : F extends { parse: (text: string) => infer T }
    ? T
    : string;

export type FlagValues<F extends Flags> = {
  readonly [K in keyof F]: F[K] extends { type: "boolean" }
    ? boolean
    : F[K] extends { multiple: true }
      ? Parsed<F[K]>[]
      : F[K] extends { default: string }
        ? Parsed<F[K]>
        : Parsed<F[K]> | undefined;
};

export type PositionalValues<P extends Positionals> = {
  readonly [K in keyof P]: P[K] extends { multiple: true }
    ? string[]
    : P[K] extends { required: true }
      ? string
      : string | undefined;
};

export interface Invocation<F extends Flags, P extends Positionals> {
  readonly flags: FlagValues<F>;
  readonly args: PositionalValues<P>;
  /** The words after `--`, only for commands that take them. */
  readonly command: readonly string[];
  /** What is wrong with the command line; empty, unless the declaration says `reportsProblems`. */
  readonly problems: readonly string[];
}

/** Command lines and what they do. Whoever is new begins with these: no command is without. */
export type Examples = readonly (readonly [line: string, meaning: string])[];

export interface Declaration<F extends Flags = Flags, P extends Positionals = Positionals> {
  /** Noun and verb: "job stop". */
  readonly name: string;
  /** One line for the list of commands, no full stop. */
  readonly summary: string;
  /** What else one has to know, shown below the usage line. */
  readonly details?: string;
  readonly positionals?: P;
  readonly flags?: F;
  /** Options of other tools, as they are typed, with what is done here instead. */
  readonly unlike?: Unlike;
  /** Takes a command after `--`. @default false */
  readonly takesCommand?: boolean;
  /**
   * It is run even so when the command line has problems, to report them together with those it finds itself; a value
   * that has one is then missing. @default false
   */
  readonly reportsProblems?: boolean;
  readonly examples: Examples;
  /** Does it; the number is the exit code, none is 0. */
  run(invocation: Invocation<F, P>): Promise<number | undefined>;
}

/** A declaration without its types, as parsing and help read it. */
export type AnyDeclaration = Pick<
  Declaration,
  | "name"
  | "summary"
  | "details"
  | "positionals"
  | "flags"
  | "unlike"
  | "takesCommand"
  | "reportsProblems"
  | "examples"
>;

/** A verb in the tree. */
export type Command = CommandDef & { readonly declaration: AnyDeclaration };

export function command<const F extends Flags, const P extends Positionals>(
  declaration: Declaration<F, P>,
): Command {
  // Parsing and help read the data alone.
  const erased = declaration as unknown as AnyDeclaration;
  const definition = defineCommand({
    meta: { name: declaration.name, description: declaration.summary },
    // citty's own parsing loses `--`, repeats and typos, so the raw words are parsed here.
    async run({ rawArgs }) {
      const invocation = parseCommandLine<F, P>(erased, rawArgs);
      // Here, as what is read next may be remarked on: logins, certificates.
      if ("quiet" in invocation.flags && invocation.flags["quiet"]) keepQuiet();
      return (await declaration.run(invocation)) ?? 0;
    },
  });
  return { ...(definition as CommandDef), declaration: erased };
}
