/**
 * `npm run build`: the binary (dist/lpr), its manual pages (dist/man), the library for other programs (dist/lib) and its
 * types (dist/types), and the licences of what is in the binary. `--binary` makes the binary alone.
 */
import { join } from "node:path";
import { compileBinary } from "./tools/build/binary.ts";
import { commitOf } from "./tools/build/commit.ts";
import { buildLibrary } from "./tools/build/library.ts";
import { writeManPages } from "./tools/man/write.ts";
import { thirdPartyLicences } from "./tools/release/third-party.ts";

const root = import.meta.dir;
const outdir = join(root, "dist");
const started = performance.now();

await compileBinary({ root, outfile: join(outdir, "lpr"), commit: commitOf(root) });
if (!process.argv.includes("--binary")) {
  await Promise.all([
    buildLibrary(root, outdir),
    writeManPages(root, outdir),
    Bun.write(join(outdir, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicences(root)),
  ]);
}

console.log(`built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s`);
