import type { CommandDef } from "citty";
import type { AnyDeclaration, Completion, Flags, Positional, ValueFlag } from "../command.ts";
import { TOPICS } from "../help/topics.ts";
import { descend, isVerb, load, meta, subCommands } from "../resolve.ts";

/** A word that may stand where the cursor is, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly meaning?: string;
}

/** Words that are known here, or the kind of those that are not. */
export type Source = readonly Candidate[] | Exclude<Completion, readonly string[]>;

/** What is wanted at the cursor. */
export interface Question {
  /** What the cursor's word begins with, apart from `before`. */
  readonly prefix: string;
  /** `--output=` of `--output=js`: stands before each answer. */
  readonly before: string;
  readonly wanted: readonly Source[];
  /** Options given so far that take one value, by name: they may say which agent is asked. */
  readonly given: Readonly<Record<string, string>>;
  /** Words of the same kind that are there already. */
  readonly taken: readonly string[];
}

/** Reads a command line up to the cursor, the last word being the one that is completed; empty for a new one. */
export async function questionAt(root: CommandDef, words: readonly string[]): Promise<Question> {
  const prefix = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const wantsHelp = before[0] === "help";
  let node = root;
  let at = wantsHelp ? 1 : 0;
  for (let depth = 0; at < before.length && !isVerb(node); depth++) {
    const next = await descend(node, before[at] ?? "", depth === 0);
    if (next === undefined) return asking([], prefix);
    if (next.used) at++;
    node = next.node;
  }
  if (isVerb(node))
    return wantsHelp ? asking([], prefix) : atVerb(node.declaration, before.slice(at), prefix);
  const topics =
    wantsHelp && node === root ? TOPICS.map(({ name, summary }) => candidate(name, summary)) : [];
  const help = !wantsHelp && node === root ? [candidate("help", "Tell about a command or a topic")] : [];
  return asking([await commandsOf(node), help, topics], prefix);
}

function asking(wanted: Question["wanted"], prefix: string, more: Partial<Question> = {}): Question {
  return { wanted, prefix, before: "", given: {}, taken: [], ...more };
}

function candidate(word: string, meaning: string): Candidate {
  return { word, meaning };
}

async function commandsOf(node: CommandDef): Promise<Candidate[]> {
  return Promise.all(
    Object.entries(subCommands(node)).map(async ([name, entry]) =>
      candidate(name, meta(await load(entry)).description ?? ""),
    ),
  );
}

function atVerb(declaration: AnyDeclaration, words: readonly string[], prefix: string): Question {
  const flags = declaration.flags ?? {};
  // The job's own command: paths of this machine are the best guess at it.
  if (words.includes("--")) return asking(declaration.takesCommand ? ["files"] : [], prefix);
  const { given, seen, positionals, open } = readWords(flags, words);
  if (open) return asking([valuesOf(open)], prefix, { given });
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(prefix) ?? [];
  if (name !== undefined && value !== undefined) {
    const flag = flagNamed(flags, name);
    const wanted = flag?.type === "string" ? [valuesOf(flag)] : [];
    return asking(wanted, value, { given, before: `--${name}=` });
  }
  if (prefix.startsWith("-")) return asking([optionsOf(flags, seen)], prefix);
  const slots = slotsAt(Object.values(declaration.positionals ?? {}), positionals.length);
  return asking(slots.map(valuesOf), prefix, { given, taken: positionals });
}

/** What the next positional may be: one that may be repeated is followed by itself, or by the one after it. */
function slotsAt(slots: readonly Positional[], count: number): readonly Positional[] {
  const repeated = slots.findIndex(({ multiple }) => multiple);
  if (repeated < 0 || count <= repeated) return slots.slice(count, count + 1);
  return slots.slice(repeated, repeated + 2);
}

/** What stands before the cursor; `open` is an option that still needs its value. */
function readWords(flags: Flags, words: readonly string[]) {
  const given: Record<string, string> = {};
  const seen = new Set<string>();
  const positionals: string[] = [];
  let open: ValueFlag | undefined;
  let openName = "";
  for (const word of words) {
    if (open) {
      given[openName] = word;
      open = undefined;
      continue;
    }
    const [, dashes = "", name = "", value] = /^(--?)([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (dashes === "") {
      positionals.push(word);
      continue;
    }
    const [known, flag] =
      dashes === "--" ? [declaredName(flags, name), flagNamed(flags, name)] : shortFlag(flags, name);
    seen.add(known);
    if (flag?.type !== "string") continue;
    if (value !== undefined) given[known] = value;
    else if (dashes === "--" || name.length === 1) [open, openName] = [flag, known];
    else given[known] = name.slice(1);
  }
  return { given, seen, positionals, open };
}

function declaredName(flags: Flags, long: string): string {
  const plain = long.replace(/^no-/, "");
  return Object.keys(flags).find((name) => name === long || flags[name]?.aliases?.includes(long)) ?? plain;
}

function flagNamed(flags: Flags, long: string) {
  return flags[declaredName(flags, long)];
}

function shortFlag(flags: Flags, letters: string) {
  return Object.entries(flags).find(([, { short }]) => short === letters[0]) ?? (["", undefined] as const);
}

function optionsOf(flags: Flags, seen: ReadonlySet<string>): Candidate[] {
  const options = Object.entries(flags).flatMap(([name, flag]) => {
    const again = flag.type === "string" && flag.multiple;
    if (seen.has(name) && !again) return [];
    const word = flag.type === "boolean" && flag.default ? `--no-${name}` : `--${name}`;
    return [candidate(word, flag.description)];
  });
  return [...options, candidate("--help", "show this help")];
}

/** Placeholders that stand for paths of this machine. */
const PATHS: Readonly<Record<string, Completion>> = { FILE: "files", DIR: "directories" };

function valuesOf(value: ValueFlag | Positional): Source {
  const choices = "choices" in value ? value.choices : undefined;
  const completion = value.complete ?? choices ?? PATHS[value.placeholder] ?? [];
  return typeof completion === "string" ? completion : completion.map((word) => ({ word }));
}
