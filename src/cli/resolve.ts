import type { CommandDef, CommandMeta, SubCommandsDef } from "citty";
import type { Command } from "./command.ts";
import type { Synonyms, Unlike } from "./other-words.ts";
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
  readonly synonyms: Synonyms;
  readonly unlike: Unlike;
};

/** The noun that is meant where there is none: `lpr run` is `lpr job run`. */
const IMPLIED = "job";

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
    const word = synonymOf(node, words[0]);
    if (word === "-h" || word === "--help") return { kind: "help", path, node };
    if (word === undefined || word === "--") return { kind: wantsHelp ? "help" : "incomplete", path, node };
    const known = subCommands(node);
    if (!Object.hasOwn(known, word)) {
      const implied = path.length === 0 ? known[IMPLIED] : undefined;
      if (implied === undefined || !knows(await load(implied), word))
        throw unknownCommand(root, path, node, word);
      path.push(IMPLIED);
      node = await load(implied);
      continue;
    }
    path.push(word);
    words.shift();
    node = await load(known[word]);
  }
  const dashes = words.indexOf("--");
  const own = dashes < 0 ? words : words.slice(0, dashes);
  if (wantsHelp || own.includes("-h") || own.includes("--help")) return { kind: "help", path, node };
  return { kind: "run", verb: node, words };
}

function synonymOf(node: CommandDef, word: string | undefined): string | undefined {
  const synonyms = "synonyms" in node ? (node as Noun).synonyms : {};
  return word !== undefined && Object.hasOwn(synonyms, word) ? synonyms[word] : word;
}

function unlikeOf(node: CommandDef, word: string): string | undefined {
  const unlike = "unlike" in node ? (node as Noun).unlike : {};
  return Object.hasOwn(unlike, word) ? unlike[word] : undefined;
}

/** Whether a noun has something to say to the word: as a verb, or why it is none. */
function knows(noun: CommandDef, word: string): boolean {
  return Object.hasOwn(subCommands(noun), synonymOf(noun, word) ?? "") || unlikeOf(noun, word) !== undefined;
}

function unknownCommand(root: CommandDef, path: readonly string[], node: CommandDef, word: string) {
  const prefix = ["lpr", ...path].join(" ");
  if (word.startsWith("-")) {
    return new UsageError([`unknown option ${word}: options go after the command`], `${prefix} --help`);
  }
  const instead = unlikeOf(node, word);
  if (instead !== undefined) return new UsageError([`there is no ${prefix} ${word}`], instead);
  const guess =
    closest(word, Object.keys(subCommands(node))) ??
    (path.length === 0 ? verbElsewhere(root, word) : undefined);
  const suggestion = guess === undefined ? "" : `; did you mean ${prefix} ${guess}?`;
  return new UsageError([`unknown command ${prefix} ${word}${suggestion}`], `${prefix} --help`);
}

/** `lpr login` was most likely meant to be `lpr auth login`. */
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
