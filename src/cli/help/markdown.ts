/** The part of Markdown that the manuals in docs/ are written in. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "code"; readonly lines: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export interface ListItem {
  /** `-`, or the number with its dot. */
  readonly mark: string;
  readonly text: string;
}

const FENCE = /^```/;
const HEADING = /^(#{1,6}) +(.*)$/;
const ITEM = /^(-|\d+\.) +(.*)$/;
const ROW = /^\|/;
const COMMENT = /<!--[\s\S]*?-->\n?/g;

/** Blocks in their order; comments are left out. */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(COMMENT, "").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    const heading = HEADING.exec(line);
    if (line.trim() === "") at++;
    else if (FENCE.test(line)) {
      const end = lines.findIndex((each, index) => index > at && FENCE.test(each));
      if (end < 0) throw new Error(`the code that begins in line ${at + 1} has no end`);
      blocks.push({ kind: "code", lines: lines.slice(at + 1, end) });
      at = end + 1;
    } else if (heading) {
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" });
      at++;
    } else {
      const end = lines.findIndex(
        (each, index) => index > at && (each.trim() === "" || FENCE.test(each) || HEADING.test(each)),
      );
      const piece = lines.slice(at, end < 0 ? lines.length : end);
      blocks.push(ROW.test(line) ? tableOf(piece) : ITEM.test(line) ? listOf(piece) : paragraphOf(piece));
      at += piece.length;
    }
  }
  return blocks;
}

function paragraphOf(lines: readonly string[]): Block {
  return { kind: "paragraph", text: lines.map((line) => line.trim()).join(" ") };
}

function listOf(lines: readonly string[]): Block {
  const items: ListItem[] = [];
  for (const line of lines) {
    const [, mark, text = ""] = ITEM.exec(line) ?? [];
    const last = items.at(-1);
    if (mark !== undefined) items.push({ mark, text });
    else if (last) items[items.length - 1] = { ...last, text: `${last.text} ${line.trim()}` };
  }
  return { kind: "list", items };
}

function tableOf(lines: readonly string[]): Block {
  const [head = [], , ...rows] = lines.map(cellsOf);
  return { kind: "table", head, rows };
}

/** A bar within a cell is written `\|`. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

export type Span =
  | { readonly kind: "text" | "code" | "strong" | "emphasis"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly target: string };

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|(?<!\w)\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)]+)\)/g;

/** Text in pieces, each set in one way. */
export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(SPAN)) {
    if (match.index > end) spans.push({ kind: "text", text: text.slice(end, match.index) });
    const [whole, code, strong, emphasis, label, target] = match;
    if (code !== undefined) spans.push({ kind: "code", text: code });
    else if (strong !== undefined) spans.push({ kind: "strong", text: strong });
    else if (emphasis !== undefined) spans.push({ kind: "emphasis", text: emphasis });
    else if (label !== undefined && target !== undefined) spans.push({ kind: "link", text: label, target });
    end = match.index + whole.length;
  }
  if (end < text.length) spans.push({ kind: "text", text: text.slice(end) });
  return spans;
}
