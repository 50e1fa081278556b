/** Wider lines are not read well, in narrower ones options and their meanings stand apart. */
const [NARROWEST, WIDEST] = [60, 100];

/** Columns of help: those of the terminal, within reason. */
export function helpWidth(
  { isTTY, columns }: { isTTY?: boolean; columns?: number } = process.stdout,
): number {
  return isTTY && columns ? Math.min(Math.max(columns, NARROWEST), WIDEST) : WIDEST;
}

/** Breaks text into lines; further ones begin with `indent` spaces. A word longer than a line stays whole. */
export function wrap(text: string, indent = 0, width = helpWidth()): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || longer.length <= width - (lines.length > 0 ? indent : 0)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== "") lines.push(line);
  return lines.map((it, index) => (index === 0 ? it : " ".repeat(indent) + it));
}

/** Paragraphs are wrapped, a paragraph that begins with a space stays as it is. */
export function wrapParagraphs(text: string): string[] {
  return text
    .split(/\n{2,}/)
    .flatMap((paragraph, index) => [
      ...(index > 0 ? [""] : []),
      ...(paragraph.startsWith(" ") ? paragraph.split("\n") : wrap(paragraph)),
    ]);
}

/** Two columns, the second one beginning at the same place in every line. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const first = Math.max(...rows.map(([name]) => name.length));
  const indent = first + 4;
  return rows.flatMap(([name, meaning]) => {
    const [start = "", ...rest] = wrap(meaning, 0, helpWidth() - indent);
    return [`  ${name.padEnd(first)}  ${start}`.trimEnd(), ...rest.map((line) => " ".repeat(indent) + line)];
  });
}
