/** Text of so many columns of a terminal at most: what does not fit gives way to an ellipsis. */
export function cut(text: string, width: number): string {
  if (Bun.stringWidth(text) <= width) return text;
  let kept = "";
  let taken = 0;
  for (const character of text) {
    taken += Bun.stringWidth(character);
    if (taken > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The same with the end kept, for names of one column each: those that were made differ in their ends. */
export function cutInside(name: string, width: number): string {
  if (name.length <= width) return name;
  const end = Math.floor((width - 1) / 2);
  return cut(name, width - end) + name.slice(name.length - end);
}

/** The first for each line. */
export function fitColumns(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => cut(line, columns))
    .join("\n");
}

/** Filled up with spaces to so many columns. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - Bun.stringWidth(text)));
}
