import type { AnyDeclaration, BooleanFlag, ValueFlag } from "../command.ts";

/** How a verb is called: `lpr job run [NAME] [OPTIONS] [-- COMMAND [ARG...]]`. */
export function synopsisOf(verb: AnyDeclaration): string {
  const words = Object.values(verb.positionals ?? {}).map(({ placeholder, required, multiple }) => {
    const word = `${placeholder}${multiple ? "..." : ""}`;
    return required ? word : `[${word}]`;
  });
  const command = verb.takesCommand ? ["[-- COMMAND [ARG...]]"] : [];
  return ["lpr", verb.name, ...words, "[OPTIONS]", ...command].join(" ");
}

export interface OptionGroup {
  readonly title: string;
  /** As it is given, long names below each other, and what it means. */
  readonly options: readonly (readonly [words: string, meaning: string])[];
}

/** Those without a heading of their own come first. */
export function optionGroupsOf({ flags = {} }: AnyDeclaration): OptionGroup[] {
  const groups = Map.groupBy(Object.entries(flags), ([, flag]) => flag.group ?? OPTIONS);
  if (!groups.has(OPTIONS)) groups.set(OPTIONS, []);
  return [...groups]
    .sort(([a], [b]) => Number(b === OPTIONS) - Number(a === OPTIONS))
    .map(([title, members]) => ({
      title,
      options: [
        ...members.map(([name, flag]): [string, string] => [wordsOf(name, flag), meaningOf(flag)]),
        ...(title === OPTIONS ? [["-h, --help", "show this help"] as const] : []),
      ],
    }));
}

const OPTIONS = "Options";

function wordsOf(name: string, flag: BooleanFlag | ValueFlag): string {
  const short = flag.short === undefined ? "    " : `-${flag.short}, `;
  if (flag.type === "boolean") return flag.default ? `    --no-${name}` : `${short}--${name}`;
  return `${short}--${name} ${flag.choices ? flag.choices.join("|") : flag.placeholder}`;
}

function meaningOf(flag: BooleanFlag | ValueFlag): string {
  const notes: string[] = [];
  if (flag.type === "string" && flag.multiple) notes.push("may be repeated");
  if (flag.type === "string" && flag.default !== undefined) notes.push(`default: ${flag.default}`);
  return notes.length === 0 ? flag.description : `${flag.description} (${notes.join("; ")})`;
}
