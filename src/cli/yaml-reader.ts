import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import type { BooleanFlag, ValueFlag } from "./command.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

/** What reading needs of an option's declaration. */
type Readable = Pick<ValueFlag, "choices" | "parse"> & { readonly type?: "string" };

/** Takes values out of a YAML text and collects what is wrong with them, so that all of it can be told at once. */
export class YamlReader {
  readonly #lines = new LineCounter();
  readonly #document;
  readonly #path: string;
  readonly #problems: { line: number; message: string }[] = [];

  constructor(text: string, path: string) {
    this.#path = path;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    for (const { code, pos, message } of this.#document.errors) {
      this.#report(pos[0], code === "MULTIPLE_DOCS" ? "a second document begins here" : message);
    }
  }

  get isEmpty(): boolean {
    return this.#document.contents === null;
  }

  /** The whole text, a map of these keys; `valid` lists them for who has mistyped one. */
  root(what: string, keys: readonly string[], valid = keys.join(", ")): YAMLMap | undefined {
    const { contents } = this.#document;
    if (isMap(contents)) return this.#onlyKeys(contents, keys, valid);
    if (this.#problems.length === 0) this.#report(contents?.range?.[0], `${what} is a map of ${valid}`);
    return undefined;
  }

  /** A map of these keys inside of it. */
  section(what: string, node: unknown, keys: readonly string[]): YAMLMap | undefined {
    if (isMap(node)) return this.#onlyKeys(node, keys, keys.join(", "));
    this.#report(offsetOf(node), `${what} must be a map of ${keys.join(", ")}, got ${kindOf(node)}`);
    return undefined;
  }

  resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }

  /** An object with the key, unless the map leaves it out. */
  present<T>(
    map: YAMLMap | undefined,
    key: string,
    read: (node: unknown) => T | undefined,
  ): { [key: string]: T } {
    if (!map?.has(key)) return {};
    const value = read(this.resolve(map.get(key, true)));
    return value === undefined ? {} : { [key]: value };
  }

  /** The same, of a key that may not be left out. */
  required<T>(
    what: string,
    map: YAMLMap | undefined,
    key: string,
    read: (node: unknown) => T | undefined,
  ): { [key: string]: T } {
    if (map && !map.has(key)) this.#report(offsetOf(map), `${what} needs ${key}`);
    return this.present(map, key, read);
  }

  /**
   * The options that the map holds, by their long names: each is read as its declaration says, so that none can be
   * forgotten. `read` is for those that take values.
   */
  options(
    map: YAMLMap | undefined,
    declared: readonly (readonly [name: string, flag: BooleanFlag | ValueFlag])[],
    read: (name: string, flag: ValueFlag, node: unknown) => unknown,
  ): Record<string, unknown> {
    const options = declared.map(([name, flag]) =>
      this.present(map, name, (node) =>
        flag.type === "boolean" ? this.boolean(name, node) : read(name, flag, node),
      ),
    );
    return Object.assign({}, ...options);
  }

  /** A scalar as it is written: `1.0` stays "1.0", `yes` stays "yes". `insteadOfList` tells who gives a list what to do. */
  text(what: string, node: unknown, insteadOfList = ""): string | undefined {
    const scalar = this.resolve(node);
    if (isScalar(scalar) && scalar.value !== null) {
      return typeof scalar.value === "string" ? scalar.value : (scalar.source ?? String(scalar.value));
    }
    const instead = isSeq(scalar) ? insteadOfList : "";
    this.#report(offsetOf(node), `${what} must be a text, got ${kindOf(scalar)}${instead}`);
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
  value(what: string, { choices, parse }: Readable, node: unknown): unknown {
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

  /** A map of names that are the user's own to what each holds. */
  each<T>(what: string, node: unknown, read: (name: string, value: unknown) => T): Record<string, T> {
    return Object.fromEntries(
      this.#entries(what, node).map(([name, value]) => [name, read(name, value)] as const),
    );
  }

  /** The line that begins what stands at that path; undefined where nothing does. */
  lineOf(path: readonly string[]): number | undefined {
    const offset = offsetOf(this.#document.getIn(path, true));
    return offset === undefined ? undefined : this.#lines.linePos(offset).line;
  }

  /** What was found, in the order of the file. */
  get problems(): readonly string[] {
    return this.#problems
      .toSorted((a, b) => a.line - b.line)
      .map(({ line, message }) => `${this.#path}:${line}: ${message}`);
  }

  /** Throws what was found. */
  finish(): void {
    if (this.#problems.length > 0) throw new UsageError(this.problems);
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

  #onlyKeys(map: YAMLMap, keys: readonly string[], valid: string): YAMLMap {
    for (const { key } of map.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      if (keys.includes(name)) continue;
      const suggestion = didYouMean(name, keys) || `; valid are ${valid}`;
      this.#report(offsetOf(key), `unknown key ${JSON.stringify(name)}${suggestion}`);
    }
    return map;
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
