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
    const fitting = fitRows(fitColumns(text, columns || Number.POSITIVE_INFINITY), rows);
    // CSI F: up to the beginning of that line, CSI J: erase all from there on. A terminal that was made narrower
    // has broken the lines of the last frame, so that nobody knows where it began.
    const narrowed = (columns ?? 0) < (this.#columns ?? 0);
    const back = narrowed ? "\u001b[H\u001b[2J" : this.#height > 0 ? `\u001b[${this.#height}F\u001b[J` : "";
    this.#height = fitting.split("\n").length;
    this.#columns = columns;
    return `${back}${fitting}\n`;
  }
}

/** One row stays free for the cursor. */
function fitRows(text: string, rows: number | undefined): string {
  const lines = text.split("\n");
  const room = Math.max(2, (rows || Number.POSITIVE_INFINITY) - 1);
  if (lines.length <= room) return text;
  return [...lines.slice(0, room - 1), `... and ${lines.length - room + 1} more`].join("\n");
}
