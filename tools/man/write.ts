import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { commitTimeOf } from "../build/commit.ts";
import { manPages } from "./pages.ts";

/** The manual pages, in `outdir`/man, dated as the commit is: the same sources make the same pages. */
export async function writeManPages(root: string, outdir: string): Promise<void> {
  const directory = join(outdir, "man");
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const pages = await manPages(new Date(commitTimeOf(root) * 1_000));
  await Promise.all(pages.map(({ file, text }) => Bun.write(join(directory, file), text)));
}
