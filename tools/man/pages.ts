import type { CommandDef } from "citty";
import type { AnyDeclaration, Command, Examples } from "../../src/cli/command.ts";
import { TOPICS } from "../../src/cli/help/topics.ts";
import { optionGroupsOf, synopsisOf } from "../../src/cli/help/verb.ts";
import { load, meta, type Root, subCommands } from "../../src/cli/resolve.ts";
import { ROOT } from "../../src/cli/tree.ts";
import { VERSION } from "../../src/version.ts";
import { escapeText, manual, spans, tagged, verbatim } from "./roff.ts";

/** A manual page: `lpr-job-run.1`. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** A page for every place in the tree of commands, and one for every topic of `lpr help`. */
export async function manPages(date: Date): Promise<Page[]> {
  const frame = new Frame(date);
  const commands = await commandPages(frame, [], ROOT);
  const topics = TOPICS.map(async ({ name, summary, load }) =>
    frame.page({ name: `lpr-${name}`, section: name.includes(".") ? 5 : 7, summary }, [
      `.SH DESCRIPTION\n${manual(await load())}`,
      seeAlso([]),
    ]),
  );
  return [...commands, ...(await Promise.all(topics))];
}

class Frame {
  readonly #day: string;

  constructor(date: Date) {
    this.#day = date.toISOString().slice(0, 10);
  }

  page(
    { name, section, summary }: { name: string; section: number; summary: string },
    parts: readonly string[],
  ): Page {
    const title = `.TH "${escapeText(name.toUpperCase())}" ${section} ${this.#day} "lpr ${VERSION}" LPR`;
    const about = `.SH NAME\n${escapeText(name)} \\- ${lowerFirst(escapeText(summary))}`;
    // The first line has man(1) call tbl. Neither stretched lines nor broken words: both would change what is copied.
    const head = ["'\\\" t", title, ".nh", ".ad l", about];
    return { file: `${name}.${section}`, text: `${[...head, ...parts].join("\n")}\n` };
  }
}

async function commandPages(frame: Frame, path: readonly string[], node: CommandDef): Promise<Page[]> {
  const below = await Promise.all(
    Object.entries(subCommands(node)).map(async ([name, entry]) => [name, await load(entry)] as const),
  );
  const title = { name: ["lpr", ...path].join("-"), section: 1, summary: meta(node).description ?? "" };
  const parts =
    "declaration" in node
      ? verbParts((node as Command).declaration)
      : placeParts(path, below, (node as Root).examples);
  const pages = below.map(([name, child]) => commandPages(frame, [...path, name], child));
  if (path.length > 0) parts.push(seeAlso(path.slice(0, -1)));
  return [frame.page(title, parts), ...(await Promise.all(pages)).flat()];
}

function placeParts(
  path: readonly string[],
  below: readonly (readonly [string, CommandDef])[],
  examples: Examples,
): string[] {
  const command = ["lpr", ...path].join(" ");
  const pages = below.map(([name, node]): [string, string] => [
    `${command.replaceAll(" ", "-")}-${name}(1)`,
    `${meta(node).description}.`,
  ]);
  const topics = TOPICS.map(({ name, summary }): [string, string] => [
    `lpr-${name}(${name.includes(".") ? 5 : 7})`,
    `${summary}.`,
  ]);
  return [
    `.SH SYNOPSIS\n\\fB${escapeText(command)}\\fR ${path.length === 0 ? "NOUN VERB" : "VERB"} [OPTIONS]`,
    `.SH COMMANDS\n${tagged(pages)}`,
    ...(path.length === 0 ? [`.SH TOPICS\n${tagged(topics)}`] : []),
    examplesPart(examples),
  ];
}

function verbParts(verb: AnyDeclaration): string[] {
  const positionals = Object.values(verb.positionals ?? {});
  return [
    `.SH SYNOPSIS\n${escapeText(synopsisOf(verb))}`,
    ...(verb.details === undefined ? [] : [`.SH DESCRIPTION\n${details(verb.details)}`]),
    ...(positionals.length === 0
      ? []
      : [`.SH ARGUMENTS\n${tagged(positionals.map((it) => [it.placeholder, it.description]))}`]),
    ...optionGroupsOf(verb).map(
      ({ title, options }) =>
        `.SH ${title.toUpperCase()}\n${tagged(options.map(([words, meaning]) => [words.trim(), meaning]))}`,
    ),
    examplesPart(verb.examples),
  ];
}

/** Paragraphs; one that begins with a space is set as it is. */
function details(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((piece) => (piece.startsWith(" ") ? verbatim(piece.split("\n")) : spans(piece)))
    .join("\n.PP\n");
}

function examplesPart(examples: Examples): string {
  return `.SH EXAMPLES\n${examples.map(([line, meaning]) => `.TP\n${escapeText(meaning)}\n\\fB${escapeText(line)}\\fR`).join("\n")}`;
}

function seeAlso(path: readonly string[]): string {
  return `.SH SEE ALSO\n\\fB${escapeText(["lpr", ...path].join("-"))}\\fR(1)`;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? `${text[0]?.toLowerCase()}${text.slice(1)}` : text;
}
