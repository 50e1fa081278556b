import { readTextFile } from "./text-file.ts";

/**
 * Entries `NAME=value` of a file, one a line. Empty lines and those that begin with `#` do not count;
 * a value is taken as it stands, quotes included. What is wrong is added to `problems`.
 */
export function readEnvFile(path: string, problems: string[]): string[] {
  const text = readTextFile(path, problems) ?? "";
  const entries: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^\s*[^=\s]+=/.test(line)) entries.push(line.trimStart());
    else problems.push(`${path}:${index + 1}: must be NAME=value, got ${JSON.stringify(line)}`);
  }
  return entries;
}

/** Value of `-e`. */
export function parseEnvEntry(text: string): string {
  if (/^[^=]+=/.test(text)) return text;
  throw new Error(`must be NAME=value, got ${JSON.stringify(text)}`);
}
