import { readFileSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/**
 * Entries `NAME=value` of a file, one a line. Empty lines and those that begin with `#` do not count;
 * a value is taken as it stands, quotes included. What is wrong is added to `problems`.
 */
export function readEnvFile(path: string, problems: string[]): string[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    problems.push(cannotRead(path, error));
    return [];
  }
  const entries: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^\s*[^=\s]+=/.test(line)) entries.push(line.trimStart());
    else problems.push(`${path}:${index + 1}: must be NAME=value, got ${JSON.stringify(line)}`);
  }
  return entries;
}

/** Text of a file named on the command line; `-` is standard input. */
export function readText(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new UsageError([cannotRead(path, error)]);
  }
}

function cannotRead(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return `cannot read ${path}: ${code === "ENOENT" ? "no such file" : message}`;
}

/** Value of `-e`. */
export function parseEnvEntry(text: string): string {
  if (/^[^=]+=/.test(text)) return text;
  throw new Error(`must be NAME=value, got ${JSON.stringify(text)}`);
}
