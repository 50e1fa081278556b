import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const root = join(import.meta.dir, "../..");

export interface Import {
  /** As written, or for a file of ours its path from the top of the repository. */
  readonly target: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the top of the repository: `src/job/service.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text less comments and the contents of strings. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** All files below a directory of the repository that hold code of ours. */
export function sourceFiles(directory: string): SourceFile[] {
  const glob = new Bun.Glob(`${directory}/**/*.{ts,js}`);
  return [...glob.scanSync({ cwd: root })]
    .filter((path) => !path.endsWith(".d.ts") && !path.includes("/generated/"))
    .toSorted()
    .map((path) => parse(path, readFileSync(join(root, path), "utf8")));
}

/** Reads what a text imports, type imports included: a transpiler drops those. Throws where it would miss one. */
export function parse(path: string, text: string): SourceFile {
  const imports: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    imports.push({ target: resolve(path, specifier), typeOnly });
  };
  for (const [, clause = "", specifier = ""] of text.matchAll(
    /^(?:import|export)\s+([\w*${}\s,]*?)\s*from\s*"([^"]+)"/gm,
  )) {
    add(specifier, isTypeOnly(clause));
  }
  for (const [, specifier = ""] of text.matchAll(/^import\s*"([^"]+)"/gm)) add(specifier, false);
  for (const [, specifier = ""] of text.matchAll(/\b(?:import|require)\(\s*"([^"]+)"/g))
    add(specifier, false);

  for (const { path: specifier } of new Bun.Transpiler({ loader: "ts" }).scanImports(text)) {
    const target = resolve(path, specifier);
    if (imports.some((each) => each.target === target && !each.typeOnly)) continue;
    throw new Error(`${path}: cannot read how "${specifier}" is imported`);
  }
  return { path, text, code: stripped(text), imports };
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : specifier;
}

function isTypeOnly(clause: string): boolean {
  if (/^type\b/.test(clause)) return true;
  const named = /^\{([^}]*)\}$/.exec(clause.trim())?.[1];
  return named?.split(",").every((name) => /^\s*(type\s|$)/.test(name)) ?? false;
}

function stripped(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (match) =>
    match.startsWith("/") ? " " : '""',
  );
}
