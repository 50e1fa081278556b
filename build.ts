/**
 * `npm run build`: the binary (dist/lpr), the library for other programs (dist/lib) and its types (dist/types).
 * `--binary` makes the binary alone.
 */
import { join } from "node:path";
import { compileBinary } from "./tools/build/binary.ts";
import { commitOf } from "./tools/build/commit.ts";
import { buildLibrary } from "./tools/build/library.ts";

const root = import.meta.dir;
const outdir = join(root, "dist");
const started = performance.now();

await compileBinary({ root, outfile: join(outdir, "lpr"), commit: commitOf(root) });
if (!process.argv.includes("--binary")) await buildLibrary(root, outdir);

console.log(`built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s`);
