import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SCRIPTS } from "../../src/cli/completion/scripts.ts";
import type { Page } from "../man/pages.ts";
import type { TarEntry } from "./tar.ts";
import type { Target } from "./targets.ts";
import { thirdPartyLicences } from "./third-party.ts";

const UNITS = ["lpr.service", "lpr-jobs.service"];

/** What an archive holds beside the binary: licences, units of systemd, manual pages, completions of shells. */
export function companions(root: string, { runsAgents }: Target, pages: readonly Page[]): TarEntry[] {
  const files: [path: string, content: string][] = [
    ["LICENSE", readFileSync(join(root, "LICENSE"), "utf8")],
    ["THIRD-PARTY-LICENSES.txt", thirdPartyLicences(root)],
    ...(runsAgents ? UNITS : []).map((name): [string, string] => [
      `systemd/${name}`,
      readFileSync(join(root, "packaging/systemd", name), "utf8"),
    ]),
    ...pages.map(({ file, text }): [string, string] => [`man/${file}`, text]),
    ...Object.entries(SCRIPTS).map(([shell, script]): [string, string] => [
      `completion/lpr.${shell}`,
      script,
    ]),
  ];
  return files.map(([path, content]) => ({ path, content: Buffer.from(content), mode: 0o644 }));
}
