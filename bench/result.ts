import type { Summary } from "./summary.ts";

/** What a part has found out: one line of the table. */
export interface Result {
  readonly what: string;
  readonly unit: "ms" | "µs" | "MB" | "MB/s" | "per s" | "s CPU" | "% of a core";
  readonly better: "lower" | "higher";
  readonly ours: Summary;
  /** The same done by something else in the same run. */
  readonly peer?: { readonly name: string; readonly value: Summary } | undefined;
  /** What the figure is to be held against. */
  readonly aim?: string;
}

export interface PartReport {
  readonly results: readonly Result[];
}

/** A Go runner of the same design, on another machine and in another run: tells the order of magnitude, no more. */
export function orientation(value: string): string {
  return `Go runner ${value} *`;
}
