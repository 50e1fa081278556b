/** A column of a table that fits its terminal. */
export interface Column {
  readonly head: string;
  /** May be cut to this many columns of the terminal where space is short. @default it is never cut */
  readonly least?: number;
  /** Colours a finished cell. */
  readonly paint?: (cell: string, text: string) => string;
}

const GAP = "  ";

/** Rows below a head line, columns as wide as their widest cell; those that may be cut give way, the last first. */
export function fitTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const cells = [columns.map(({ head }) => head), ...rows];
  const wanted = columns.map((_, index) =>
    Math.max(...cells.map((row) => Bun.stringWidth(row[index] ?? ""))),
  );
  const widths = shrink(columns, wanted, width - GAP.length * (columns.length - 1));
  return cells
    .map((row, line) =>
      columns
        .map(({ paint }, index) => {
          const text = row[index] ?? "";
          const cell = fit(text, widths[index] ?? 0);
          return paint && line > 0 ? paint(cell, text) : cell;
        })
        .join(GAP)
        .trimEnd(),
    )
    .join("\n");
}

function shrink(columns: readonly Column[], wanted: readonly number[], room: number): number[] {
  const widths = [...wanted];
  let excess = widths.reduce((sum, it) => sum + it, 0) - room;
  for (let index = columns.length - 1; index >= 0 && excess > 0; index--) {
    const width = widths[index] ?? 0;
    const given = Math.min(excess, Math.max(0, width - (columns[index]?.least ?? width)));
    widths[index] = width - given;
    excess -= given;
  }
  return widths;
}

/** Cut, or filled up with spaces. */
function fit(text: string, width: number): string {
  if (Bun.stringWidth(text) <= width) return text + " ".repeat(width - Bun.stringWidth(text));
  let cut = "";
  let taken = 0;
  for (const character of text) {
    taken += Bun.stringWidth(character);
    if (taken > width - 1) break;
    cut += character;
  }
  return `${cut}…${" ".repeat(width - 1 - Bun.stringWidth(cut))}`;
}
