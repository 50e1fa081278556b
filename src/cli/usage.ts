import type { CommandDef } from "citty";
import type { AnyDeclaration, BooleanFlag, Command, Examples, ValueFlag } from "./command.ts";
import { TOPICS } from "./help/topics.ts";
import { load, meta, type Noun, type Root, subCommands } from "./resolve.ts";
import { columns, wrapParagraphs } from "./wrap.ts";

/** Help of any place in the tree: the root, a noun or a verb. */
export async function usageOf(path: readonly string[], node: CommandDef): Promise<string> {
  if ("declaration" in node) return verbUsage((node as Command).declaration);
  return path.length === 0 ? rootUsage(node as Root) : nounUsage(path, node as Noun);
}

async function rootUsage(root: Root): Promise<string> {
  const rows: [string, string][] = [];
  for (const [name, entry] of Object.entries(subCommands(root))) {
    const node = await load(entry);
    const verbs = Object.keys(subCommands(node));
    const { description = "" } = meta(node);
    rows.push([name, verbs.length === 0 ? description : `${description}: ${verbs.join(", ")}`]);
  }
  return [
    `${meta(root).description}.`,
    "",
    "Usage: lpr NOUN VERB [OPTIONS]",
    "",
    "Commands:",
    ...columns(rows),
    "",
    "Help topics:",
    ...columns(TOPICS.map(({ name, summary }) => [name, summary])),
    ...exampleLines(root.examples),
    "",
    "The noun job may be left out: lpr run is lpr job run.",
    "lpr NOUN --help, lpr NOUN VERB --help and lpr help TOPIC tell more.",
  ].join("\n");
}

async function nounUsage(path: readonly string[], node: Noun): Promise<string> {
  const rows: [string, string][] = [];
  for (const [name, entry] of Object.entries(subCommands(node))) {
    rows.push([name, meta(await load(entry)).description ?? ""]);
  }
  const command = ["lpr", ...path].join(" ");
  return [
    `${meta(node).description}.`,
    "",
    `Usage: ${command} VERB [OPTIONS]`,
    "",
    "Commands:",
    ...columns(rows),
    ...exampleLines(node.examples),
    "",
    `${command} VERB --help tells more.`,
  ].join("\n");
}

function exampleLines(examples: Examples): string[] {
  return ["", "Examples:", ...examples.flatMap(([line, meaning]) => [`  # ${meaning}`, `  ${line}`])];
}

function verbUsage(verb: AnyDeclaration): string {
  const flags = Object.entries(verb.flags ?? {});
  const words = Object.values(verb.positionals ?? {}).map(({ placeholder, required, multiple }) => {
    const word = `${placeholder}${multiple ? "..." : ""}`;
    return required ? word : `[${word}]`;
  });
  const lines = [
    `${verb.summary}.`,
    "",
    [
      "Usage: lpr",
      verb.name,
      ...words,
      "[OPTIONS]",
      ...(verb.takesCommand ? ["[-- COMMAND [ARG...]]"] : []),
    ].join(" "),
  ];
  if (verb.details !== undefined) lines.push("", ...wrapParagraphs(verb.details));
  const positionals = Object.values(verb.positionals ?? {});
  if (positionals.length > 0) {
    lines.push("", "Arguments:", ...columns(positionals.map((p) => [p.placeholder, p.description])));
  }
  const groups = Map.groupBy(flags, ([, flag]) => flag.group ?? "Options");
  if (!groups.has("Options")) groups.set("Options", []);
  for (const [group, members] of [...groups].sort(
    ([a], [b]) => Number(b === "Options") - Number(a === "Options"),
  )) {
    const rows = members.map(([name, flag]): [string, string] => [flagWords(name, flag), flagMeaning(flag)]);
    if (group === "Options") rows.push(["-h, --help", "show this help"]);
    lines.push("", `${group}:`, ...columns(rows));
  }
  lines.push(...exampleLines(verb.examples));
  return lines.join("\n");
}

function flagWords(name: string, flag: BooleanFlag | ValueFlag): string {
  const short = flag.short === undefined ? "    " : `-${flag.short}, `;
  if (flag.type === "boolean") return flag.default ? `    --no-${name}` : `${short}--${name}`;
  return `${short}--${name} ${flag.choices ? flag.choices.join("|") : flag.placeholder}`;
}

function flagMeaning(flag: BooleanFlag | ValueFlag): string {
  const notes: string[] = [];
  if (flag.type === "string" && flag.multiple) notes.push("may be repeated");
  if (flag.type === "string" && flag.default !== undefined) notes.push(`default: ${flag.default}`);
  return notes.length === 0 ? flag.description : `${flag.description} (${notes.join("; ")})`;
}
