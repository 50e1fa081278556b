import { paint } from "../color.ts";

/** What a page of help is skimmed by: `Usage:`, `Options:` and the like, or the capitals of a manual. */
const HEADING = /^(?:Usage:|\p{Lu}[^\n]*:(?=\n {2})|[\p{Lu}\p{P} ]{4,}$)/gmu;

/** The same page with its headings bold, for a terminal. */
export function withBoldHeadings(page: string): string {
  return page.replace(HEADING, (heading) => paint("bold", heading));
}
