import { dirname, resolve } from "node:path";
import type { YAMLMap } from "yaml";
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
 * Reads a job file.
 * @param path where the text came from: for messages, and for the paths in it
 * @throws UsageError with every problem, by line
 */
export function parseJobFile(text: string, path: string): JobFile {
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
    options: readOptions(reader, root, (file) => resolve(dirname(path), file)),
  };
  reader.finish();
  return file as JobFile;
}

/** Every option is read as its declaration says, so that none can be forgotten here. */
function readOptions(
  reader: YamlReader,
  root: YAMLMap | undefined,
  absolute: (path: string) => string,
): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [name, flag] of OPTIONS) {
    Object.assign(
      options,
      reader.present(root, name, (node) => {
        if (flag.type === "boolean") return reader.boolean(name, node);
        if (name === "env-file") return reader.oneOrMore(name, node).map(absolute);
        return flag.multiple ? reader.entries(name, flag, node) : reader.value(name, flag, node);
      }),
    );
  }
  return options;
}
