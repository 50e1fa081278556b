import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A package as package-lock.json pins it. */
export interface Locked {
  readonly name: string;
  /** Where npm puts it, from the top of the repository. */
  readonly path: string;
  readonly version: string;
  /** `sha512-` and base64, of the archive in the registry. */
  readonly integrity: string;
  readonly license: string | undefined;
  /** Not in the binary. */
  readonly dev: boolean;
}

interface Entry {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Every package of package-lock.json, by the name of its directory below node_modules. */
export function lockedPackages(root: string): readonly Locked[] {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const packages = Object.entries(lock.packages as Record<string, Entry>).filter(([path]) => path !== "");
  return packages.map(([path, { version, integrity, license, dev = false }]) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    if (integrity === undefined) throw new Error(`package-lock.json has no integrity of ${name}`);
    return { name, path, version, integrity, license, dev };
  });
}
