import { fitColumns } from "./fit-text.ts";

/** Size of a terminal; undefined where it does not tell. */
export interface TerminalSize {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** Makes a text that is drawn again and again appear in one place of a terminal. */
export class LiveText {
  readonly #size: TerminalSize;
  #height = 0;
  #columns: number | undefined;

  constructor(size: TerminalSize) {
    this.#size = size;
  }

  /** What to write: it replaces what was drawn before. Lines and columns that do not fit are left out. */
  frame(text: string): string {
    const { columns, rows } = this.#size;
    const lines = fitRows(fitColumns(text, columns || Number.POSITIVE_INFINITY).split("\n"), rows);
    // CSI F: up to the beginning of that line. A terminal that was made narrower has broken the lines of the last frame,
    // so that nobody knows where it began.
    const narrowed = (columns ?? 0) < (this.#columns ?? 0);
    const back = narrowed ? "\u001b[H\u001b[2J" : this.#height > 0 ? `\u001b[${this.#height}F` : "";
    this.#height = lines.length;
    this.#columns = columns;
    // CSI K and J erase what is left of the last frame behind a line, and below all of them. Not all of it beforehand: that
    // flickers, and of a frame as high as the screen tmux then keeps each one in its history.
    return `${back}${lines.map((line) => `${line}\u001b[K\n`).join("")}\u001b[J`;
  }
}

/** One row stays free for the cursor. */
function fitRows(lines: readonly string[], rows: number | undefined): readonly string[] {
  const room = Math.max(2, (rows || Number.POSITIVE_INFINITY) - 1);
  if (lines.length <= room) return lines;
  return [...lines.slice(0, room - 1), `... and ${lines.length - room + 1} more`];
}
