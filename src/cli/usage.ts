import type { CommandDef } from "citty";
import type { AnyDeclaration, Command, Examples } from "./command.ts";
import { TOPICS } from "./help/topics.ts";
import { optionGroupsOf, synopsisOf } from "./help/verb.ts";
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
  const lines = [`${verb.summary}.`, "", `Usage: ${synopsisOf(verb)}`];
  if (verb.details !== undefined) lines.push("", ...wrapParagraphs(verb.details));
  const positionals = Object.values(verb.positionals ?? {});
  if (positionals.length > 0) {
    lines.push("", "Arguments:", ...columns(positionals.map((p) => [p.placeholder, p.description])));
  }
  for (const { title, options } of optionGroupsOf(verb)) lines.push("", `${title}:`, ...columns(options));
  lines.push(...exampleLines(verb.examples));
  return lines.join("\n");
}
