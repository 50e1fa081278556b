import { type Run, runsOf } from "./ansi.ts";

const [BACKGROUND, FOREGROUND] = ["#16181d", "#d7dae0"];
const COLORS = [
  ...["#3b4048", "#ef6b73", "#7fc77f", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0"],
  ...["#5c6370", "#ff8087", "#98e098", "#f0d399", "#82c4ff", "#d899ee", "#76d6e2", "#ffffff"],
];
/** Of DejaVu Sans Mono, in pixels. */
const [SIZE, ADVANCE, LINE] = [14, 8.43, 19];
const MARGIN = 18;

/** A screen as a picture, as high as what is on it. */
export function svgOf(screen: string, columns: number): string {
  const lines = screen.trimEnd().split("\n");
  const [width, height] = [Math.ceil(columns * ADVANCE) + 2 * MARGIN, lines.length * LINE + 2 * MARGIN];
  const text = lines.flatMap((line, row) => runsOf(line).map((run) => textOf(run, row)));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>
<g font-family="DejaVu Sans Mono" font-size="${SIZE}" xml:space="preserve">
${text.join("\n")}
</g>
</svg>
`;
}

function textOf({ text, column, bold, dim, reverse, color }: Run, row: number): string {
  const [x, y] = [MARGIN + column * ADVANCE, MARGIN + row * LINE];
  const ink = color === undefined ? FOREGROUND : (COLORS[color] ?? FOREGROUND);
  const look = `${bold ? ' font-weight="bold"' : ""}${dim ? ' opacity="0.6"' : ""}`;
  const letters = `<text x="${x.toFixed(2)}" y="${y + SIZE}" fill="${reverse ? BACKGROUND : ink}"${look}>${escapeXml(text)}</text>`;
  if (!reverse) return letters;
  const width = (Bun.stringWidth(text) * ADVANCE).toFixed(2);
  return `<rect x="${x.toFixed(2)}" y="${y}" width="${width}" height="${LINE}" fill="${ink}"/>${letters}`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
