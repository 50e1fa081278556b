import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { type Locked, lockedPackages } from "./lockfile.ts";

const TERMS = /^(licen[cs]e|notice|copying)/i;
/** The page of Bun's manual that names what is linked into it, as its own package holds no text. */
const BUN = "node_modules/bun-types/docs/project/license.mdx";

const HEADER = `Licences of what is in lpr
==========================

lpr itself is licensed under Apache 2.0: LICENSE. It holds the packages below, as package-lock.json pins them, and the Bun
runtime, ${packageJson.devDependencies.bun}.
`;

/**
 * Every package that is in the binary, or may be, and the runtime: name, version, licence and its text. Texts that are
 * the same to the letter stand there once. A package without one is an error: it may not be passed on.
 */
export function thirdPartyLicences(root: string): string {
  const inside = lockedPackages(root).filter(({ dev }) => !dev);
  const byText = Map.groupBy(inside, (each) => termsOf(root, each));
  const parts = [...byText].map(([text, packages]) => {
    const names = packages.map(
      ({ name, version, license }) => `${name} ${version} (${license ?? "see below"})`,
    );
    return section(names.toSorted(), text);
  });
  const bun = readFileSync(join(root, BUN), "utf8").replace(/^---\n[\s\S]*?\n---\n/, "");
  return [HEADER, ...parts.toSorted(), section([`Bun ${packageJson.devDependencies.bun}`], bun)].join("\n");
}

function section(names: readonly string[], text: string): string {
  return `${"-".repeat(80)}\n${names.join("\n")}\n${"-".repeat(80)}\n\n${text.trim()}\n`;
}

function termsOf(root: string, { name, path }: Locked): string {
  const files = readdirSync(join(root, path)).filter((file) => TERMS.test(file));
  if (files.length === 0) throw new Error(`${name} comes without the text of its licence`);
  return files
    .toSorted()
    .map((file) =>
      readFileSync(join(root, path, file), "utf8")
        .replaceAll("\r\n", "\n")
        .trim(),
    )
    .join("\n\n");
}
