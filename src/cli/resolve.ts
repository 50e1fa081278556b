import type { CommandDef, CommandMeta, SubCommandsDef } from "citty";
import type { Command } from "./command.ts";
import { closest } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

/** What a command line is about: a verb to run, or a place in the tree to explain. */
export type Target =
  | { readonly kind: "run"; readonly verb: Command; readonly words: readonly string[] }
  | { readonly kind: "help"; readonly path: readonly string[]; readonly node: CommandDef }
  | { readonly kind: "incomplete"; readonly path: readonly string[]; readonly node: CommandDef }
  | { readonly kind: "version" };

/** A place in the tree that has verbs. */
export type Noun = CommandDef & {
  /** Verb by another word for it. */
  readonly aliases: Readonly<Partial<Record<string, string>>>;
};

/** Sub-commands of a node; none for a verb. The tree is our own, so nothing in it is deferred but verbs. */
export function subCommands(node: CommandDef): SubCommandsDef {
  return (node.subCommands ?? {}) as SubCommandsDef;
}

export function meta(node: CommandDef): CommandMeta {
  return (node.meta ?? {}) as CommandMeta;
}

export async function load(entry: SubCommandsDef[string] | undefined): Promise<CommandDef> {
  return (typeof entry === "function" ? await entry() : await entry) as CommandDef;
}

function isVerb(node: CommandDef): node is Command {
  return "declaration" in node;
}

/** Finds what the words ask for, strictly: unknown commands are refused with the closest valid one. */
export async function resolveTarget(root: CommandDef, argv: readonly string[]): Promise<Target> {
  if (argv[0] === "--version" || argv[0] === "-V") return { kind: "version" };
  const wantsHelp = argv[0] === "help";
  const words = wantsHelp ? argv.slice(1) : [...argv];
  const path: string[] = [];
  let node = root;
  for (;;) {
    if (isVerb(node)) break;
    const word = inFull(node, words[0]);
    if (word === "-h" || word === "--help") return { kind: "help", path, node };
    if (word === undefined || word === "--") return { kind: wantsHelp ? "help" : "incomplete", path, node };
    const known = subCommands(node);
    if (!Object.hasOwn(known, word)) throw unknownCommand(root, path, known, word);
    path.push(word);
    words.shift();
    node = await load(known[word]);
  }
  const dashes = words.indexOf("--");
  const own = dashes < 0 ? words : words.slice(0, dashes);
  if (wantsHelp || own.includes("-h") || own.includes("--help")) return { kind: "help", path, node };
  return { kind: "run", verb: node, words };
}

function inFull(node: CommandDef, word: string | undefined): string | undefined {
  const aliases = "aliases" in node ? (node as Noun).aliases : {};
  return word !== undefined && Object.hasOwn(aliases, word) ? aliases[word] : word;
}

function unknownCommand(root: CommandDef, path: readonly string[], known: SubCommandsDef, word: string) {
  const prefix = ["lpr", ...path].join(" ");
  if (word.startsWith("-")) {
    return new UsageError([`unknown option ${word}: options go after the command`], `${prefix} --help`);
  }
  const guess =
    closest(word, Object.keys(known)) ?? (path.length === 0 ? verbElsewhere(root, word) : undefined);
  const suggestion = guess === undefined ? "" : `; did you mean ${prefix} ${guess}?`;
  return new UsageError([`unknown command ${prefix} ${word}${suggestion}`], `${prefix} --help`);
}

/** `lpr run` was most likely meant to be `lpr job run`. */
function verbElsewhere(root: CommandDef, word: string): string | undefined {
  const nouns = new Map<string, string>();
  for (const [noun, entry] of Object.entries(subCommands(root))) {
    if (typeof entry !== "object") continue;
    for (const verb of Object.keys(subCommands(entry as CommandDef))) {
      if (!nouns.has(verb)) nouns.set(verb, noun);
    }
  }
  const verb = closest(word, nouns.keys());
  return verb === undefined ? undefined : `${nouns.get(verb)} ${verb}`;
}
