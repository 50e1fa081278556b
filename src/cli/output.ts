/** Results go to standard output, everything else to standard error; nothing else in LPR prints. */

let quiet = false;
let beforeOutput: (() => void) | undefined;

/** From now on only results and errors are printed. */
export function keepQuiet(): void {
  quiet = true;
}

/** Whether the person at the terminal is told more than results and errors. */
export function tellsMore(): boolean {
  return !quiet;
}

/** What draws on the terminal by itself makes room here before anything else is written. */
export function makeRoomBy(clear: () => void): void {
  beforeOutput = clear;
}

/** Writes bytes or text as they are, and resolves when standard output can take more. */
export function write(output: string | Uint8Array): Promise<void> {
  return writeTo(process.stdout, output);
}

/** The same to standard error, which is where a job's own standard error goes. */
export function writeError(output: Uint8Array): Promise<void> {
  return writeTo(process.stderr, output);
}

async function writeTo(stream: NodeJS.WriteStream, output: string | Uint8Array): Promise<void> {
  beforeOutput?.();
  if (stream.write(output)) return;
  await new Promise<void>((resolve) => stream.once("drain", resolve));
}

/** A line, or lines, of result. */
export function print(text: string): Promise<void> {
  return write(`${text}\n`);
}

/** A remark for the person at the terminal, who may have asked for quiet. */
export function note(text: string): void {
  if (!quiet) complain(text);
}

/** What is said in any case: an error. */
export function complain(text: string): void {
  beforeOutput?.();
  process.stderr.write(`${text}\n`);
}

/** What `-o` takes. Spread it into the flags of a command: `output: outputFlag`. */
export const outputFlag = {
  type: "string",
  short: "o",
  placeholder: "FORMAT",
  choices: ["table", "json", "yaml"],
  default: "table",
  description: "how to print the result",
} as const;

export type OutputFormat = (typeof outputFlag.choices)[number];

/** Prints a result in the format asked for; `table` makes the text of the human form. */
export async function printAs(format: OutputFormat, value: unknown, table: () => string): Promise<void> {
  if (format === "json") return print(JSON.stringify(value, null, 2));
  if (format === "yaml") {
    const { stringify } = await import("yaml");
    return write(stringify(value));
  }
  return print(table());
}

/** Names and values, one a line. */
export function fields(pairs: readonly (readonly [name: string, value: string])[]): string {
  const widest = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${`${name}:`.padEnd(widest + 1)}   ${value}`.trimEnd()).join("\n");
}
