import { obeysControlSequences } from "./control-sequences.ts";

const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, bold: 1 };

/** Whether colour is welcome there: a terminal, and nobody has set NO_COLOR (see no-color.org). */
export function wantsColor(stream: { readonly isTTY?: boolean }, env = process.env): boolean {
  return obeysControlSequences(stream, env) && !env["NO_COLOR"];
}

export function paint(color: keyof typeof CODES, text: string): string {
  return `\u001b[${CODES[color]}m${text}\u001b[0m`;
}

const STATUS_COLORS = { PENDING: "cyan", RUNNING: "yellow", FAILED: "red", SUCCEEDED: "green" } as const;

/** Text in the colour of a status. */
export function paintStatus(status: keyof typeof STATUS_COLORS, text: string): string {
  return paint(STATUS_COLORS[status], text);
}
