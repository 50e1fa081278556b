import type { Machine } from "./machine.ts";
import type { Result } from "./result.ts";
import type { Summary } from "./summary.ts";

const HEADINGS = ["measured", "lpr (min to max)", "in the same run", "ratio", "to be held against"];

/** One table of all results, as GitHub renders and people read it. */
export function renderTable(results: readonly Result[]): string {
  const rows = results.map(cellsOf);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [line(HEADINGS), rule, ...rows.map(line)].join("\n");
}

function cellsOf({ what, unit, better, ours, peer, aim = "" }: Result): string[] {
  const range = ours.runs === 1 ? "" : ` (${number(ours.min)} to ${number(ours.max)})`;
  return [
    what,
    `${number(ours.median)} ${unit}${range}`,
    peer ? `${number(peer.value.median)} ${unit}, ${peer.name}` : "",
    peer ? ratioOf(ours, peer.value, better) : "",
    aim,
  ];
}

function ratioOf(ours: Summary, peer: Summary, better: Result["better"]): string {
  const ratio = ours.median / peer.median;
  const ahead = better === "lower" ? ratio < 1 : ratio > 1;
  return `${number(ratio)} x, ${ahead ? "ahead" : "behind"}`;
}

/** Three digits that mean something. */
function number(value: number): string {
  if (value >= 1_000) return Math.round(value).toLocaleString("en-US");
  return value === 0
    ? "0"
    : value
        .toPrecision(3)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "");
}

export function renderMachine(machine: Machine, date: Date): string {
  const { cpu, cores, memoryGB, kernel, load, stateOn, ssh, bun, lpr } = machine;
  return [
    `${date.toISOString().slice(0, 16).replace("T", " ")} UTC, ${cpu}, ${cores} cores, ${memoryGB} GB, Linux ${kernel}`,
    `lpr ${lpr}, Bun ${bun}, ${ssh || "no ssh"}, state on ${stateOn.replace(/\s+/, " at ")}, load before ${load.toFixed(1)}`,
  ].join("\n");
}
