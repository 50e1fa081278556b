import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { withoutSwitches } from "./harden.ts";
import { smokeTest } from "./smoke.ts";
import { utcBackoff } from "./utc-backoff.ts";

/** Compiles src/main.ts, its dependencies and the Bun runtime into `outdir`/lpr. Throws unless it works. */
export async function compileBinary(root: string, outdir: string): Promise<void> {
  // The old binary stays until the new one has proved itself; the name is inside it, so it is the final one.
  const workshop = join(outdir, "build");
  const draft = join(workshop, "lpr");
  await rm(workshop, { recursive: true, force: true });
  await mkdir(workshop, { recursive: true });
  try {
    await compile(join(root, "src/main.ts"), draft);
    await Bun.write(draft, withoutSwitches(await Bun.file(draft).bytes()));
    await smokeTest(draft);
    await rename(draft, join(outdir, "lpr"));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function compile(entrypoint: string, outfile: string): Promise<void> {
  await Bun.build({
    entrypoints: [entrypoint],
    target: "bun",
    plugins: [utcBackoff],
    // grpc-js looks for files of features we do not use. Elsewhere its directory is not there anyway, and without
    // its path the same source gives the same bytes wherever it is built.
    define: { __dirname: '"/"', __filename: '"/"' },
    // Bytecode defaults to CommonJS, where `import.meta` of a dependency breaks the binary silently.
    format: "esm",
    bytecode: true,
    minify: true,
    // Each subcommand loads only its own chunks: `--help` in 7 ms where loading everything takes 34.
    splitting: true,
    // Also embedded, which is the point: an error report names our files and lines.
    sourcemap: "linked",
    compile: {
      outfile,
      // What is in the directory of the caller must not change what the binary does.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadTsconfig: false,
      autoloadPackageJson: false,
    },
  });
}
