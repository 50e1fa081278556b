import { dirname, resolve } from "node:path";
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import type { BooleanFlag, ValueFlag } from "./command.ts";
import { type RunOptions, runOptions } from "./run-options.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

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
  const reader = new Reader(text, path);
  const root = reader.root();
  const file = {
    ...reader.present("name", (node) => reader.text("name", node)),
    ...reader.present("command", (node) => reader.text("command", node)),
    args: [
      ...reader.list("arguments", root?.get("arguments", true)),
      ...reader.flags(reader.resolve(root?.get("flags", true))),
    ],
    options: readOptions(reader, (file) => resolve(dirname(path), file)),
  };
  reader.finish();
  return file as JobFile;
}

/** Every option is read as its declaration says, so that none can be forgotten here. */
function readOptions(reader: Reader, absolute: (path: string) => string): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [name, flag] of OPTIONS) {
    Object.assign(
      options,
      reader.present(name, (node) => {
        if (flag.type === "boolean") return reader.boolean(name, node);
        if (name === "env-file") return reader.oneOrMore(name, node).map(absolute);
        return flag.multiple ? reader.entries(name, flag, node) : reader.value(name, flag, node);
      }),
    );
  }
  return options;
}

/** Takes values out of a document and collects what is wrong with them. */
class Reader {
  readonly #lines = new LineCounter();
  readonly #document;
  readonly #path: string;
  readonly #problems: { line: number; message: string }[] = [];

  constructor(text: string, path: string) {
    this.#path = path;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    for (const { pos, message } of this.#document.errors) this.#report(pos[0], message);
  }

  root(): YAMLMap | undefined {
    const { contents } = this.#document;
    if (!isMap(contents)) {
      if (this.#problems.length === 0) this.#report(contents?.range?.[0], `a job file is a map of ${VALID}`);
      return undefined;
    }
    for (const { key } of contents.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      if (KEYS.includes(name)) continue;
      const suggestion = didYouMean(name, KEYS) || `; valid are ${VALID}`;
      this.#report((key as Node).range?.[0], `unknown key ${JSON.stringify(name)}${suggestion}`);
    }
    return contents;
  }

  resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }

  /** An object with the key, unless the file leaves it out. */
  present<T>(key: string, read: (node: unknown) => T | undefined): { [key: string]: T } {
    const { contents } = this.#document;
    if (!isMap(contents) || !contents.has(key)) return {};
    const value = read(this.resolve(contents.get(key, true)));
    return value === undefined ? {} : { [key]: value };
  }

  /** A scalar as it is written: `1.0` stays "1.0", `yes` stays "yes". */
  text(what: string, node: unknown): string | undefined {
    const scalar = this.resolve(node);
    if (isScalar(scalar) && scalar.value !== null) {
      return typeof scalar.value === "string" ? scalar.value : (scalar.source ?? String(scalar.value));
    }
    this.#report(offsetOf(node), `${what} must be a text, got ${kindOf(scalar)}`);
    return undefined;
  }

  boolean(what: string, node: unknown): boolean | undefined {
    if (isScalar(node) && typeof node.value === "boolean") return node.value;
    this.#report(offsetOf(node), `${what} must be true or false, got ${kindOf(node)}`);
    return undefined;
  }

  list(what: string, node: unknown): string[] {
    const list = this.resolve(node);
    if (list === undefined) return [];
    if (isSeq(list)) return list.items.flatMap((item) => this.text(`each of ${what}`, item) ?? []);
    this.#report(offsetOf(node), `${what} must be a list, got ${kindOf(list)}`);
    return [];
  }

  oneOrMore(what: string, node: unknown): string[] {
    return isSeq(node) ? this.list(what, node) : [this.text(what, node) ?? []].flat();
  }

  /** A scalar, as the option of that name takes it. */
  value(what: string, { choices, parse }: ValueFlag, node: unknown): unknown {
    const text = this.text(what, node);
    if (text === undefined) return undefined;
    if (choices && !choices.includes(text)) {
      this.#report(offsetOf(node), `${what} must be ${choices.join(" or ")}, got ${JSON.stringify(text)}`);
      return undefined;
    }
    try {
      return parse ? parse(text) : text;
    } catch (error) {
      this.#report(offsetOf(node), `${what} ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  }

  /** `a: 1` is `-a=1`, `long: true` is `--long=true`, a list repeats its flag. */
  flags(node: unknown): string[] {
    return this.#entries("flags", node).flatMap(([name, value, key]) => {
      if (name === "" || name.startsWith("-")) {
        this.#report(offsetOf(key), `flags are named without dashes, got ${JSON.stringify(name)}`);
      }
      const flag = `${[...name].length === 1 ? "-" : "--"}${name}`;
      const values = isSeq(value) ? value.items : [value];
      return values.flatMap((item) => {
        const text = this.text(`flag ${name}`, item);
        return text === undefined ? [] : [`${flag}=${text}`];
      });
    });
  }

  /** A map of names to values, or a list of `NAME=value`, as the option takes them. */
  entries(what: string, flag: ValueFlag, node: unknown): unknown[] {
    if (isSeq(node)) return node.items.flatMap((item) => this.value(what, flag, this.resolve(item)) ?? []);
    return this.#entries(what, node).flatMap(([name, value, key]) => {
      if (name.includes("="))
        this.#report(offsetOf(key), `names in ${what} hold no =, got ${JSON.stringify(name)}`);
      const text = this.text(`${what} ${name}`, value);
      return text === undefined ? [] : [`${name}=${text}`];
    });
  }

  /** Throws what was found, in the order of the file. */
  finish(): void {
    if (this.#problems.length === 0) return;
    const sorted = this.#problems.toSorted((a, b) => a.line - b.line);
    throw new UsageError(sorted.map(({ line, message }) => `${this.#path}:${line}: ${message}`));
  }

  #entries(what: string, node: unknown): [name: string, value: unknown, key: unknown][] {
    if (node === undefined) return [];
    if (isMap(node)) {
      return node.items.map(({ key, value }) => [
        this.text(`each name in ${what}`, key) ?? "",
        this.resolve(value),
        key,
      ]);
    }
    this.#report(offsetOf(node), `${what} must be a map, got ${kindOf(node)}`);
    return [];
  }

  #report(offset: number | undefined, message: string): void {
    this.#problems.push({ line: this.#lines.linePos(offset ?? 0).line, message });
  }
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function kindOf(node: unknown): string {
  if (isMap(node)) return "a map";
  if (isSeq(node)) return "a list";
  return isScalar(node) && node.value !== null ? JSON.stringify(node.value) : "nothing";
}
