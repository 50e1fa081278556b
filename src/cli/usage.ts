import type { CommandDef } from "citty";
import type { AnyDeclaration, BooleanFlag, Command, ValueFlag } from "./command.ts";
import { load, meta, subCommands } from "./resolve.ts";
import { columns, wrapParagraphs } from "./wrap.ts";

/** Help of any place in the tree: the root, a noun or a verb. */
export async function usageOf(path: readonly string[], node: CommandDef): Promise<string> {
  if ("declaration" in node) return verbUsage((node as Command).declaration);
  return path.length === 0 ? rootUsage(node) : nounUsage(path, node);
}

async function rootUsage(root: CommandDef): Promise<string> {
  const rows: [string, string][] = [];
  for (const [name, entry] of Object.entries(subCommands(root))) {
    if (typeof entry !== "object") continue;
    const node = entry as CommandDef;
    rows.push([name, `${meta(node).description}: ${Object.keys(subCommands(node)).join(", ")}`]);
  }
  return [
    `${meta(root).description}.`,
    "",
    "Usage: lpr NOUN VERB [OPTIONS]",
    "",
    "Commands:",
    ...columns([...rows, ["version", "Print the version of this program"]]),
    "",
    "Examples:",
    "  lpr auth login host.example.com --cert me.pem",
    "  lpr job run foo -- /bin/sh -c 'echo \"hello\"'",
    "  lpr job logs foo",
    "",
    "The noun job may be left out: lpr run is lpr job run.",
    "lpr NOUN --help and lpr NOUN VERB --help tell more.",
  ].join("\n");
}

async function nounUsage(path: readonly string[], node: CommandDef): Promise<string> {
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
    "",
    `${command} VERB --help tells more.`,
  ].join("\n");
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
  if (verb.examples && verb.examples.length > 0) {
    lines.push("", "Examples:");
    for (const [line, meaning] of verb.examples) lines.push(`  # ${meaning}`, `  ${line}`);
  }
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
