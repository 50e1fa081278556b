import { cp, rm } from "node:fs/promises";
import { join } from "node:path";

/** The two modules that package.json exports, with their types. Dependencies stay imports. */
export async function buildLibrary(root: string, outdir: string): Promise<void> {
  const lib = join(outdir, "lib");
  const types = join(outdir, "types");
  await Promise.all([rm(lib, { recursive: true, force: true }), rm(types, { recursive: true, force: true })]);
  await Promise.all([bundle(root, lib), emitTypes(root, types)]);
}

async function bundle(root: string, outdir: string): Promise<void> {
  const source = join(root, "src");
  await Bun.build({
    entrypoints: [join(source, "job/index.ts"), join(source, "client/index.ts")],
    root: source,
    outdir,
    // The client needs nothing of Bun's; the job library says `bun:` where it does.
    target: "node",
    external: ["bun", "bun:*"],
    packages: "external",
    format: "esm",
    // One JobError for both modules, or `instanceof` would fail between them.
    splitting: true,
    sourcemap: "linked",
    naming: { entry: "[dir]/[name].js", chunk: "shared/[name]-[hash].js" },
  });
}

async function emitTypes(root: string, outdir: string): Promise<void> {
  const tsc = Bun.spawn(
    [
      process.execPath,
      join(root, "node_modules/typescript/bin/tsc"),
      "-p",
      join(root, "tsconfig.types.json"),
    ],
    { cwd: root, stdout: "inherit", stderr: "inherit" },
  );
  if ((await tsc.exited) !== 0) throw new Error("the types of the library could not be made");
  // What is written as declarations tsc takes in, and does not pass on.
  const wire = "rpc/generated/job_runner.d.ts";
  await cp(join(root, "src", wire), join(outdir, wire));
}
