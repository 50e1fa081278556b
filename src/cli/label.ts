import type { Labels } from "../job/types.ts";

/** Value of `--label`; what keys and values may hold is for the agent to say. */
export function parseLabel(text: string): string {
  if (/^[^=]+=/.test(text)) return text;
  throw new Error(`must be KEY=VALUE, got ${JSON.stringify(text)}`);
}

/** Of entries with one key the last counts. */
export function labelsOf(entries: readonly string[]): Labels {
  return Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
}
