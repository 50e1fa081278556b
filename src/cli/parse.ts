import { parseArgs } from "node:util";
import type { AnyDeclaration, Flags, Invocation, Positionals, ValueFlag } from "./command.ts";
import { commandLine } from "./quote.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

/** Words before the first `--` and those after it; no second part without a `--`. */
export function splitAtDashes(argv: readonly string[]): { words: string[]; commandWords?: string[] } {
  const dashes = argv.indexOf("--");
  if (dashes < 0) return { words: [...argv] };
  return { words: argv.slice(0, dashes), commandWords: argv.slice(dashes + 1) };
}

/** Reads a command line strictly by the command's declaration; throws one UsageError with every problem. */
export function parseCommandLine<F extends Flags, P extends Positionals>(
  declaration: AnyDeclaration,
  argv: readonly string[],
): Invocation<F, P> {
  const problems: string[] = [];
  const { words, commandWords } = splitAtDashes(argv);
  const flags = readFlags(declaration, words, problems);
  if (commandWords === undefined) refuseUndivided(declaration, words, flags);
  const args = readPositionals(declaration, flags, problems);
  if (commandWords !== undefined && !declaration.takesCommand) {
    problems.push(`lpr ${declaration.name} takes no command after --`);
  }
  const distinct = [...new Set(problems)];
  if (distinct.length > 0 && !declaration.reportsProblems) {
    throw new UsageError(distinct, `lpr ${declaration.name} --help`);
  }
  const command = commandWords ?? [];
  // The declaration is what both the values and their types were made from.
  return { flags: flags.values, args, command, problems: distinct } as unknown as Invocation<F, P>;
}

interface Word {
  readonly value: string;
  /** Where it stands on the command line. */
  readonly index: number;
}

interface Read {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly Word[];
  readonly sawUnknown: boolean;
}

function readFlags(
  { flags = {}, unlike = {} }: AnyDeclaration,
  words: readonly string[],
  problems: string[],
): Read {
  const names = longNames(flags);
  const options: Record<string, { type: "string" | "boolean"; multiple: true; short?: string }> = {};
  for (const [long, name] of names) {
    const flag = flags[name];
    const type = flag?.type === "string" ? "string" : "boolean";
    const short = long === name ? flag?.short : undefined;
    options[long] = { type, multiple: true, ...(short !== undefined && { short }) };
  }
  // Not parseArgs' own strict mode: it stops at the first problem.
  const { tokens } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, unknown[]>();
  const positionals: Word[] = [];
  let sawUnknown = false;
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token);
    if (token.kind !== "option") continue;
    const name = names.get(token.name);
    const flag = name === undefined ? undefined : flags[name];
    if (name === undefined || flag === undefined) {
      const known = [...names.keys()].map((long) => `--${long}`);
      const instead = Object.hasOwn(unlike, token.rawName) ? `: ${unlike[token.rawName]}` : undefined;
      problems.push(`unknown option ${token.rawName}${instead ?? didYouMean(token.rawName, known)}`);
      sawUnknown = true;
      continue;
    }
    const values = given.get(name) ?? [];
    given.set(name, values);
    if (flag.type === "boolean") {
      if (token.value !== undefined) problems.push(`${token.rawName} takes no value, got ${token.value}`);
      values.push(token.name !== `no-${name}`);
    } else {
      const text = textOf(token);
      const wanted = flag.choices?.join("|") ?? flag.placeholder;
      if (text === undefined) problems.push(`${token.rawName} needs a value: ${token.rawName} ${wanted}`);
      else {
        const value = readValue(flag, token.rawName, text, problems);
        if (value !== undefined) values.push(value);
      }
    }
  }
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(flags)) {
    const all = given.get(name);
    if (all && all.length > 1 && !(flag.type === "string" && flag.multiple)) {
      problems.push(`--${name} may be given only once`);
    }
    values[name] = flag.type === "string" && flag.multiple ? (all ?? []) : (all?.at(-1) ?? defaultOf(flag));
  }
  return { values, positionals, sawUnknown };
}

/** Every accepted long name, with the name it is declared by. */
function longNames(flags: Flags): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, flag] of Object.entries(flags)) {
    for (const long of [name, ...(flag.aliases ?? [])]) names.set(long, name);
    if (flag.type === "boolean" && flag.default) names.set(`no-${name}`, name);
  }
  return names;
}

function textOf(token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined }) {
  const { rawName, value, inlineValue } = token;
  if (value === undefined) return undefined;
  // `-f=job.yaml`: parseArgs hands over "=job.yaml".
  if (inlineValue) return !rawName.startsWith("--") && value.startsWith("=") ? value.slice(1) : value;
  // The next option is no value; a lone "-" stands for standard input.
  return value.length > 1 && value.startsWith("-") ? undefined : value;
}

function readValue(flag: ValueFlag, name: string, text: string, problems: string[]): unknown {
  if (flag.choices && !flag.choices.includes(text)) {
    const suggestion = didYouMean(text, flag.choices);
    problems.push(
      `${name} must be one of ${flag.choices.join(", ")}, got ${JSON.stringify(text)}${suggestion}`,
    );
    return undefined;
  }
  try {
    return flag.parse ? flag.parse(text) : text;
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function defaultOf(flag: Flags[string]): unknown {
  if (flag.type === "boolean") return flag.default ?? false;
  if (flag.default === undefined) return undefined;
  return flag.parse ? flag.parse(flag.default) : flag.default;
}

/** Without `--` the command's own options would be taken for LPR's: nothing but that is then worth telling. */
function refuseUndivided(
  declaration: AnyDeclaration,
  words: readonly string[],
  { positionals, sawUnknown }: Read,
) {
  const declared = Object.values(declaration.positionals ?? {});
  const first = positionals[declared.length];
  if (!declaration.takesCommand || first === undefined || sawUnknown || declared.some((it) => it.multiple))
    return;
  const divided = (index: number) =>
    ["lpr", declaration.name, commandLine(words.slice(0, index)), "--", commandLine(words.slice(index))]
      .filter(Boolean)
      .join(" ");
  const [name] = positionals;
  // Options in between would be taken for the command's.
  const nameless =
    name && name.index === first.index - 1 ? [`or without a NAME: ${divided(name.index)}`] : [];
  throw new UsageError(["the command to run goes after --"], [divided(first.index), ...nameless].join("\n"));
}

function readPositionals(declaration: AnyDeclaration, { positionals, sawUnknown }: Read, problems: string[]) {
  const values: Record<string, unknown> = {};
  const rest = positionals.map(({ value }) => value);
  const declared = Object.entries(declaration.positionals ?? {});
  for (const [position, [name, { placeholder, required, multiple }]] of declared.entries()) {
    const after = declared.slice(position + 1).filter(([, it]) => it.required).length;
    if (required && rest.length === 0) problems.push(`${placeholder} is missing`);
    values[name] = multiple ? rest.splice(0, Math.max(1, rest.length - after)) : rest.shift();
  }
  // After an unknown option the next word may well have been its value.
  if (rest.length > 0 && !sawUnknown) {
    problems.push(`unexpected ${rest.map((word) => JSON.stringify(word)).join(" ")}`);
  }
  return values;
}
