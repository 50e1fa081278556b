/** Text of a terminal that is set in one way. */
export interface Run {
  readonly text: string;
  /** Column of its first letter. */
  readonly column: number;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly reverse: boolean;
  /** 0 to 15; undefined for the terminal's own. */
  readonly color: number | undefined;
}

type Style = Omit<Run, "text" | "column">;

const PLAIN: Style = { bold: false, dim: false, reverse: false, color: undefined };
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what an escape sequence begins with
const SEQUENCE = /\u001b\[([\d;]*)m/g;

/** Reads a line as `tmux capture-pane -e` writes it: text, and how it is set. */
export function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let style = PLAIN;
  let column = 0;
  let end = 0;
  const push = (text: string) => {
    if (text !== "") runs.push({ text, column, ...style });
    column += Bun.stringWidth(text);
  };
  for (const match of line.matchAll(SEQUENCE)) {
    push(line.slice(end, match.index));
    style = (match[1] ?? "").split(";").map(Number).reduce(styled, style);
    end = match.index + match[0].length;
  }
  push(line.slice(end));
  return runs;
}

function styled(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 7) return { ...style, reverse: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 27) return { ...style, reverse: false };
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, color: code - 82 };
  if (code === 39) return { ...style, color: undefined };
  return style;
}
