/** What the demo shows: headings, commands as one would type them, and their output, indented. */

const colours = process.stdout.isTTY === true && !process.env["NO_COLOR"];
const style = (code: number, text: string) => (colours && text !== "" ? `\x1b[${code}m${text}\x1b[0m` : text);

export function heading(text: string): void {
  console.log(`\n${style(1, `== ${text}`)}`);
}

export function remark(text: string): void {
  console.log(style(2, `   ${text}`));
}

export function prompt(text: string): void {
  console.log(`${style(32, " $")} ${style(1, text)}`);
}

export interface ShowOptions {
  /** What each line begins with. */
  readonly prefix?: () => string;
  /** Whether to leave out what follows the first empty line. @default false */
  readonly brief?: boolean;
  /** Hears of every line, shown or not. */
  readonly onLine?: (line: string) => void;
}

/** Prints a stream line by line as it arrives. */
export async function showLines(
  stream: ReadableStream<Uint8Array>,
  { prefix = () => "", brief = false, onLine }: ShowOptions = {},
): Promise<void> {
  let rest = "";
  let over = false;
  const decoder = new TextDecoder();
  const show = (line: string) => {
    onLine?.(line);
    if (over) return;
    over = brief && line === "";
    if (over) remark("...");
    else console.log(`   ${style(2, prefix())}${line}`);
  };
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(show);
  }
  if (rest) show(rest);
}
