const CODES = { red: 31, green: 32, yellow: 33 };

/** Whether colour is welcome there: a terminal, and nobody has set NO_COLOR (see no-color.org). */
export function wantsColor(stream: { readonly isTTY?: boolean }, env = process.env): boolean {
  return Boolean(stream.isTTY) && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

export function paint(color: keyof typeof CODES, text: string): string {
  return `\u001b[${CODES[color]}m${text}\u001b[0m`;
}

const STATUS_COLORS = { RUNNING: "yellow", FAILED: "red", SUCCEEDED: "green" } as const;

/** Text in the colour of a status. */
export function paintStatus(status: keyof typeof STATUS_COLORS, text: string): string {
  return paint(STATUS_COLORS[status], text);
}

/** Colours the statuses of a finished table; its layout stays as it is. */
export function paintStatuses(text: string): string {
  // Name and status come first in every row, and neither a name nor a label holds such a word before them.
  return text.replace(
    /^((?:Status:|\S+) +)(RUNNING|FAILED|SUCCEEDED)\b/gm,
    (_, before: string, status: string) => {
      return before + paintStatus(status as keyof typeof STATUS_COLORS, status);
    },
  );
}
