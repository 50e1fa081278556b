import type { CommandDef, CommandMeta, SubCommandsDef } from "citty";
import type { Command, Examples } from "./command.ts";
import { findTopic, TOPICS, type Topic } from "./help/topics.ts";
import type { Synonyms, Unlike } from "./other-words.ts";
import { closest, didYouMean } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

/** What a command line is about: a verb to run, or a place in the tree to explain. */
export type Target =
  | { readonly kind: "run"; readonly verb: Command; readonly words: readonly string[] }
  | { readonly kind: "help"; readonly path: readonly string[]; readonly node: CommandDef }
  | { readonly kind: "incomplete"; readonly path: readonly string[]; readonly node: CommandDef }
  | { readonly kind: "topic"; readonly topic: Topic }
  | { readonly kind: "complete"; readonly words: readonly string[] }
  | { readonly kind: "version" };

export type Root = CommandDef & { readonly examples: Examples };

/** A place in the tree that has verbs. */
export type Noun = Root & {
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

export function isVerb(node: CommandDef): node is Command {
  return "declaration" in node;
}

/** What the completion scripts call: not for people, so in no list. */
const COMPLETE = "__complete";

/** Finds what the words ask for, strictly: unknown commands are refused with the closest valid one. */
export async function resolveTarget(root: CommandDef, argv: readonly string[]): Promise<Target> {
  if (["--version", "-V", "-v"].includes(argv[0] ?? "")) return { kind: "version" };
  if (argv[0] === COMPLETE) return { kind: "complete", words: argv.slice(1) };
  const wantsHelp = argv[0] === "help";
  const topic = wantsHelp && argv[1] !== undefined ? findTopic(argv[1]) : undefined;
  if (topic) return { kind: "topic", topic };
  const words = wantsHelp ? argv.slice(1) : [...argv];
  const path: string[] = [];
  let node = root;
  for (;;) {
    if (isVerb(node)) break;
    const [word] = words;
    if (word === "-h" || word === "--help") return { kind: "help", path, node };
    if (word === undefined || word === "--") return { kind: wantsHelp ? "help" : "incomplete", path, node };
    const next = await descend(node, word, path.length === 0);
    if (next === undefined) {
      throw wantsHelp && path.length === 0
        ? unknownTopic(subCommands(node), word)
        : unknownCommand(root, path, node, word);
    }
    path.push(next.name);
    if (next.used) words.shift();
    node = next.node;
  }
  const dashes = words.indexOf("--");
  const own = dashes < 0 ? words : words.slice(0, dashes);
  if (wantsHelp || own.includes("-h") || own.includes("--help")) return { kind: "help", path, node };
  return { kind: "run", verb: node, words };
}

/** Where a word leads from a place in the tree. At the root a verb leads to its noun and is not used up by that. */
export async function descend(
  from: CommandDef,
  word: string,
  atRoot: boolean,
): Promise<{ name: string; node: CommandDef; used: boolean } | undefined> {
  const known = subCommands(from);
  const name = synonymOf(from, word);
  if (Object.hasOwn(known, name)) return { name, node: await load(known[name]), used: true };
  if (!atRoot || !Object.hasOwn(known, IMPLIED)) return undefined;
  const implied = await load(known[IMPLIED]);
  return knows(implied, word) ? { name: IMPLIED, node: implied, used: false } : undefined;
}

function synonymOf(node: CommandDef, word: string): string {
  const synonyms = "synonyms" in node ? (node as Noun).synonyms : {};
  return (Object.hasOwn(synonyms, word) && synonyms[word]) || word;
}

function unlikeOf(node: CommandDef, word: string): string | undefined {
  const unlike = "unlike" in node ? (node as Noun).unlike : {};
  return Object.hasOwn(unlike, word) ? unlike[word] : undefined;
}

/** Whether a noun has something to say to the word: as a verb, or why it is none. */
function knows(noun: CommandDef, word: string): boolean {
  return Object.hasOwn(subCommands(noun), synonymOf(noun, word)) || unlikeOf(noun, word) !== undefined;
}

function unknownCommand(root: CommandDef, path: readonly string[], node: CommandDef, word: string) {
  const prefix = ["lpr", ...path].join(" ");
  if (word.startsWith("-")) {
    return new UsageError([`unknown option ${word}: options go after the command`], `${prefix} --help`);
  }
  const instead = unlikeOf(node, word);
  if (instead !== undefined) return new UsageError([`there is no command ${word}`], instead);
  const guess =
    closest(word, Object.keys(subCommands(node))) ?? (path.length === 0 ? elsewhere(root, word) : undefined);
  const suggestion = guess === undefined ? "" : `; did you mean ${prefix} ${guess}?`;
  return new UsageError([`unknown command ${prefix} ${word}${suggestion}`], `${prefix} --help`);
}

function unknownTopic(nouns: SubCommandsDef, word: string): UsageError {
  const names = [...TOPICS.map(({ name }) => name), ...Object.keys(nouns)];
  return new UsageError(
    [`no help on ${JSON.stringify(word)}${didYouMean(word, names)}`],
    "lpr help lists the topics",
  );
}

/** `lpr login` was most likely meant to be `lpr auth login`, and `lpr job.yaml` to be `lpr help job.yaml`. */
function elsewhere(root: CommandDef, word: string): string | undefined {
  const topic = findTopic(word);
  if (topic) return `help ${topic.name}`;
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
