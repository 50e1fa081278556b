import { readFileSync } from "node:fs";
import { join } from "node:path";

const BLANK = "\nreleases_url=''\n";

/** install.sh, knowing where releases are; without a URL it asks for LPR_BASE_URL. */
export function installer(root: string, releasesUrl: string): string {
  // It is put between quotes of the shell.
  if (!/^(https:\/\/[\w./:-]+)?$/.test(releasesUrl)) {
    throw new Error(
      `the URL of releases must begin with https:// and hold no special characters: ${releasesUrl}`,
    );
  }
  const text = readFileSync(join(root, "install.sh"), "utf8");
  if (!text.includes(BLANK)) throw new Error("install.sh has no releases_url to fill in");
  return text.replace(BLANK, `\nreleases_url='${releasesUrl.replace(/\/$/, "")}'\n`);
}
