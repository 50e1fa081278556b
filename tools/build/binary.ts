import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { withoutSwitches } from "./harden.ts";
import { signAdHoc } from "./sign.ts";
import { smokeTest } from "./smoke.ts";
import { utcBackoff } from "./utc-backoff.ts";

export interface BinaryInput {
  readonly root: string;
  /** On the file system of `root`. */
  readonly outfile: string;
  /** What `lpr version` says it was built from. */
  readonly commit: string;
  /** Another platform than this one, and its Bun. */
  readonly foreign?: { readonly target: Bun.Build.CompileTarget; readonly bun: string } | undefined;
}

/**
 * Compiles src/main.ts, its dependencies and the Bun runtime into one file. The same sources give the same bytes,
 * wherever they are, when `root` is the working directory: paths in source maps are relative to that. One for this
 * platform is run before it is believed.
 */
export async function compileBinary(input: BinaryInput): Promise<void> {
  const { root, outfile, foreign } = input;
  // The old binary stays until the new one has proved itself; the name is inside it, so it is the final one.
  await mkdir(join(root, "dist"), { recursive: true });
  const workshop = await mkdtemp(join(root, "dist/build-"));
  const draft = join(workshop, "lpr");
  try {
    await compile(draft, input);
    const hardened = withoutSwitches(await Bun.file(draft).bytes());
    const isMac = (foreign?.target ?? process.platform).includes("darwin");
    await Bun.write(draft, isMac ? signAdHoc(hardened, "lpr") : hardened);
    await chmod(draft, 0o755);
    if (foreign === undefined) await smokeTest(draft);
    await rename(draft, outfile);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function compile(outfile: string, { root, commit, foreign }: BinaryInput): Promise<void> {
  await Bun.build({
    entrypoints: [join(root, "src/main.ts")],
    target: "bun",
    plugins: [utcBackoff],
    define: {
      // grpc-js looks for files of features we do not use. Elsewhere its directory is not there anyway, and without
      // its path the same source gives the same bytes wherever it is built.
      ...{ __dirname: '"/"', __filename: '"/"' },
      LPR_COMMIT: JSON.stringify(commit),
    },
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
      ...(foreign ? { target: foreign.target, executablePath: foreign.bun } : {}),
      // What is in the directory of the caller must not change what the binary does.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadTsconfig: false,
      autoloadPackageJson: false,
    },
  });
}
