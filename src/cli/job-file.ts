import { dirname, resolve } from "node:path";
import type { BooleanFlag, ValueFlag } from "./command.ts";
import { type RunOptions, runOptions } from "./run-options.ts";
import { YamlReader } from "./yaml-reader.ts";

/** What a job.yaml says; whatever it leaves out is not there. */
export interface JobFile {
  readonly name?: string;
  readonly command?: string;
  /** `arguments`, then `flags`, as they stand on the command line. */
  readonly args: readonly string[];
  /** Options of `job run` by their long names. Paths in `env-file` are absolute; in the file relative to it. */
  readonly options: { readonly [Name in keyof RunOptions]?: Exclude<RunOptions[Name], undefined> };
}

const OWN_KEYS = ["name", "command", "arguments", "flags"];
const OPTIONS = Object.entries<BooleanFlag | ValueFlag>(runOptions);
const KEYS = [...OWN_KEYS, ...OPTIONS.map(([name]) => name)];
const VALID = `${OWN_KEYS.join(", ")} and the options of lpr job run`;

/**
 * Reads a job file; what is wrong with it is added to `problems`, by line, and left out.
 * @param path where the text came from: for messages, and for the paths in it
 */
export function parseJobFile(text: string, path: string, problems: string[]): JobFile {
  const reader = new YamlReader(text, path);
  const root = reader.root("a job file", KEYS, VALID);
  const file = {
    ...reader.present(root, "name", (node) => reader.text("name", node)),
    ...reader.present(root, "command", (node) =>
      reader.text("command", node, ": what follows the program goes into arguments"),
    ),
    args: [
      ...reader.list("arguments", root?.get("arguments", true)),
      ...reader.flags(reader.resolve(root?.get("flags", true))),
    ],
    options: reader.options(root, OPTIONS, (name, flag, node) => {
      if (name === "env-file")
        return reader.oneOrMore(name, node).map((file) => resolve(dirname(path), file));
      return flag.multiple ? reader.entries(name, flag, node) : reader.value(name, flag, node);
    }),
  };
  problems.push(...reader.problems);
  return file as JobFile;
}
