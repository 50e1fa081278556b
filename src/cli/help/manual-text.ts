import { helpWidth, wrap } from "../wrap.ts";
import { type Block, parseMarkdown, parseSpans } from "./markdown.ts";
import { findTopicByFile } from "./topics.ts";

const GAP = 3;
/** Below this a column is not narrowed: words would stand one below the other. */
const NARROWEST = 12;

/** A manual as plain text for a terminal, no wider than that where its code is not. */
export function manualText(markdown: string): string {
  return parseMarkdown(markdown).map(blockText).join("\n\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return block.level <= 2 ? plain(block.text).toUpperCase() : plain(block.text);
    case "paragraph":
      return wrap(plain(block.text)).join("\n");
    case "code":
      return block.lines.map((line) => `    ${line}`.trimEnd()).join("\n");
    case "list":
      return block.items
        .map(({ mark, text }) => wrap(`${mark} ${plain(text)}`, mark.length + 1).join("\n"))
        .join("\n");
    case "table":
      return tableText([block.head, ...block.rows].map((row) => row.map(plain)));
  }
}

/** Code and emphasis without their marks; of a link the manual it leads to is named as a topic. */
export function plain(text: string): string {
  return parseSpans(text)
    .map((span) => {
      if (span.kind !== "link") return span.text;
      const topic = findTopicByFile(span.target);
      if (topic) return `${span.text} (lpr help ${topic.name})`;
      return span.target.startsWith("https:") ? `${span.text} <${span.target}>` : span.text;
    })
    .join("");
}

function tableText([head = [], ...rows]: readonly string[][]): string {
  const all = head.some((cell) => cell !== "") ? [head, ...rows] : rows;
  const widths = fit(head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length))));
  return all
    .flatMap((row) => {
      const cells = widths.map((width, column) => wrap(row[column] ?? "", 0, width));
      const height = Math.max(...cells.map((lines) => lines.length));
      return Array.from({ length: height }, (_, line) =>
        widths
          .map((width, column) => (cells[column]?.[line] ?? "").padEnd(width))
          .join(" ".repeat(GAP))
          .trimEnd(),
      );
    })
    .join("\n");
}

/** The widest columns give way until all fit beside each other. */
function fit(natural: readonly number[]): number[] {
  const widths = [...natural];
  const room = helpWidth() - GAP * (widths.length - 1);
  for (let over = sum(widths) - room; over > 0; over = sum(widths) - room) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
