import { readFileSync, statSync } from "node:fs";

export interface FileProblem {
  readonly message: string;
  /** There is no such file. */
  readonly missing: boolean;
}

/** Text of a file that anybody may read. What is wrong is added to `problems`. */
export function readPublicFile(flag: string, file: string, problems: FileProblem[]): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = reasons[code ?? ""] ?? code ?? String(error);
    problems.push({ message: `${flag} ${file}: ${why}`, missing: code === "ENOENT" });
    return undefined;
  }
}

/** Text of a file that nobody but its owner can read. */
export function readSecretFile(flag: string, file: string, problems: FileProblem[]): string | undefined {
  const text = readPublicFile(flag, file, problems);
  if (text === undefined) return undefined;
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    const octal = mode.toString(8).padStart(4, "0");
    problems.push({
      message: `${flag} ${file}: others than its owner can read it (mode ${octal}); run: chmod 600 ${file}`,
      missing: false,
    });
  }
  return text;
}

const reasons: Partial<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "it is a directory",
};
