import { type Block, parseMarkdown, parseSpans } from "../../src/cli/help/markdown.ts";
import { findTopicByFile } from "../../src/cli/help/topics.ts";

/** A backslash, a hyphen that is meant to be one, and what begins a request of roff stand for themselves. */
export function escapeText(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=[.'])/gm, "\\&");
}

/** Text with its code and emphasis in the fonts that manuals have for them. */
export function spans(text: string): string {
  return parseSpans(text)
    .map((span) => {
      if (span.kind === "code" || span.kind === "strong") return `\\fB${escapeText(span.text)}\\fR`;
      if (span.kind === "emphasis") return `\\fI${escapeText(span.text)}\\fR`;
      if (span.kind !== "link") return escapeText(span.text);
      const page = findTopicByFile(span.target);
      if (page) return `${escapeText(span.text)} (\\fBlpr\\-${escapeText(page.name)}\\fR)`;
      const address = span.target.startsWith("https:") ? ` <${span.target}>` : "";
      return escapeText(span.text + address);
    })
    .join("");
}

export function verbatim(lines: readonly string[]): string {
  return [".RS 4", ".nf", ...lines.map((line) => escapeText(line)), ".fi", ".RE"].join("\n");
}

/** Names and what they mean, each meaning below and to the right of its name. */
export function tagged(rows: readonly (readonly [tag: string, meaning: string])[]): string {
  return rows.map(([tag, meaning]) => `.TP\n\\fB${escapeText(tag)}\\fR\n${spans(meaning)}`).join("\n");
}

/** The blocks of a manual, without its title. */
export function manual(markdown: string): string {
  const blocks = parseMarkdown(markdown);
  return blocks
    .slice(blocks[0]?.kind === "heading" ? 1 : 0)
    .map((block, index, all) => blockRoff(block, all[index - 1]))
    .join("\n");
}

function blockRoff(block: Block, before: Block | undefined): string {
  // There is space below a heading already.
  const space = before === undefined || before.kind === "heading" ? "" : ".PP\n";
  switch (block.kind) {
    case "heading":
      return block.level <= 2 ? `.SH ${block.text.toUpperCase()}` : `.SS ${escapeText(block.text)}`;
    case "paragraph":
      return space + spans(block.text);
    case "code":
      return space + verbatim(block.lines);
    case "list":
      return block.items
        .map(({ mark, text }) => `.IP ${mark === "-" ? "\\(bu" : mark} 4\n${spans(text)}`)
        .join("\n");
    case "table":
      return block.head.length === 2
        ? tagged(block.rows.map(([tag = "", meaning = ""]) => [tag.replaceAll("`", ""), meaning]))
        : tableRoff(block.head, block.rows);
  }
}

/** For tbl(1), its cells wrapped. */
function tableRoff(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `T{\n${spans(cell)}\nT}`).join("\t");
  const layout = head.map((_, column) => (column === head.length - 1 ? "lx" : "l")).join(" ");
  return [".TS", `${layout}.`, cells(head), ...rows.map(cells), ".TE"].join("\n");
}
