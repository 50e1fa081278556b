import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";

/**
 * Text of a file that was named on the command line; why it cannot be used is added to `problems`.
 * @param from its path, or a descriptor that is open
 */
export function readTextFile(
  name: string,
  problems: string[],
  from: string | number = name,
): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(from);
  } catch (error) {
    problems.push(`cannot read ${name}: ${whyUnreadable(error)}`);
    return undefined;
  }
  // Decoded, what is not would become U+FFFD, and a job would get that instead.
  if (isUtf8(bytes)) return bytes.toString();
  problems.push(`cannot read ${name}: it is not UTF-8 text`);
  return undefined;
}

const reasons: Partial<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "is a directory",
};

/** What kept a file from being read. */
export function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? message;
}
