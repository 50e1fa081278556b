/** Results go to standard output, everything else to standard error; nothing else in LPR prints. */

/** Writes bytes or text as they are, and resolves when standard output can take more. */
export async function write(output: string | Uint8Array): Promise<void> {
  if (process.stdout.write(output)) return;
  await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
}

/** A line, or lines, of result. */
export function print(text: string): Promise<void> {
  return write(`${text}\n`);
}

/** A remark for the person at the terminal. */
export function note(text: string): void {
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

/** Rows below a head line, each column as wide as its widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ""))));
  return all
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}

/** Names and values, one a line. */
export function fields(pairs: readonly (readonly [name: string, value: string])[]): string {
  const widest = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${`${name}:`.padEnd(widest + 1)}   ${value}`.trimEnd()).join("\n");
}

/** Cuts what does not fit between the edges of a terminal. */
export function fitColumns(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line))
    .join("\n");
}

function width(text: string): number {
  return Bun.stringWidth(text);
}

function pad(text: string, columns: number): string {
  return text + " ".repeat(columns - width(text));
}
