import { cut as cutEnd, pad } from "./fit-text.ts";

/** A column of a table that fits its terminal. */
export interface Column {
  readonly head: string;
  /** May be cut to this many columns of the terminal where space is short. @default it is never cut */
  readonly least?: number;
  /** How that is done. @default at the end */
  readonly cut?: (text: string, width: number) => string;
  /** Colours a finished cell. */
  readonly paint?: (cell: string, text: string) => string;
}

const GAP = "  ";

/**
 * Rows below a head line, columns as wide as their widest cell. Where they do not fit, those that may be cut give way,
 * the last first; where that is not enough, the last columns are left out.
 */
export function fitTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const cells = [columns.map(({ head }) => head), ...rows];
  const wanted = columns.map((_, index) =>
    Math.max(...cells.map((row) => Bun.stringWidth(row[index] ?? ""))),
  );
  const shown = columns.slice(0, howManyFit(columns, wanted, width));
  const widths = shrink(shown, wanted, width - GAP.length * (shown.length - 1));
  return cells
    .map((row, line) =>
      shown
        .map(({ cut = cutEnd, paint }, index) => {
          const [text, room] = [row[index] ?? "", widths[index] ?? 0];
          const cell = pad(cut(text, room), room);
          return paint && line > 0 ? paint(cell, text) : cell;
        })
        .join(GAP)
        .trimEnd(),
    )
    .join("\n");
}

/** The first columns that have room when each is cut as far as it may be; one at least. */
function howManyFit(columns: readonly Column[], wanted: readonly number[], width: number): number {
  let taken = -GAP.length;
  const tooMany = columns.findIndex(({ least }, index) => {
    const whole = wanted[index] ?? 0;
    taken += GAP.length + Math.min(whole, least ?? whole);
    return taken > width;
  });
  return tooMany < 0 ? columns.length : Math.max(1, tooMany);
}

function shrink(columns: readonly Column[], wanted: readonly number[], room: number): number[] {
  const widths = wanted.slice(0, columns.length);
  let excess = widths.reduce((sum, it) => sum + it, 0) - room;
  for (let index = columns.length - 1; index >= 0 && excess > 0; index--) {
    const width = widths[index] ?? 0;
    const given = Math.min(excess, Math.max(0, width - (columns[index]?.least ?? width)));
    widths[index] = width - given;
    excess -= given;
  }
  return widths;
}
