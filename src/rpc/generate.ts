/**
 * Makes src/rpc/generated and docs/api-reference.md from proto/: `bun run generate`. Static code, because reading the
 * proto at run time would cost each start of the command line 24 ms.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeProtos } from "./describe.ts";
import { referenceOf } from "./reference.ts";

const root = join(import.meta.dir, "../..");
const header = "// Generated from proto/job_runner.proto by `bun run generate`. Do not edit.\n";

const pbjsFlags = [
  ...["--target", "static-module", "--wrap", "esm"],
  ...["--dependency", "../protobuf.ts", "--lint", "eslint-disable"],
  ...["--force-number", "--force-message", "--no-create", "--no-verify", "--no-convert", "--no-delimited"],
  ...["--no-typeurl", "--no-service"],
  ...["--path", join(root, "proto"), join(root, "proto/job_runner.proto")],
];

function tool(name: "pbjs" | "pbts", args: readonly string[]): void {
  const script = join(root, "node_modules/protobufjs-cli/bin", name);
  const run = Bun.spawnSync([process.execPath, script, ...args], { cwd: root, stderr: "pipe" });
  if (!run.success) throw new Error(`${name} failed:\n${run.stderr}`);
}

/** Descriptors in base64, by the names of their files. */
async function descriptors(): Promise<string> {
  const files = await describeProtos(join(root, "proto"));
  const lines = [...files].map(
    ([name, bytes]) => `  ${JSON.stringify(name)}: "${Buffer.from(bytes).toString("base64")}",`,
  );
  return `${header}export const DESCRIPTORS: Readonly<Record<string, string>> = {\n${lines.join("\n")}\n};\n`;
}

/** Writes job_runner.js, job_runner.d.ts and descriptors.ts into `outDir`. */
export async function generate(outDir: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "lpr-generate-"));
  try {
    const [code, commented, types] = ["code.js", "commented.js", "types.d.ts"].map((n) => join(scratch, n));
    if (!code || !commented || !types) throw new Error("unreachable");
    tool("pbjs", [...pbjsFlags, "--no-comments", "--out", code]);
    // pbts reads the types from the comments, which the shipped code does without.
    tool("pbjs", [...pbjsFlags, "--out", commented]);
    tool("pbts", ["--out", types, commented]);
    mkdirSync(outDir, { recursive: true });
    await Bun.write(join(outDir, "job_runner.js"), header + (await Bun.file(code).text()));
    const declarations = (await Bun.file(types).text())
      .replace(/^import Long = require\("long"\);\n/m, "")
      .replace(/^import \* as \$protobuf/m, "import type * as $protobuf");
    await Bun.write(join(outDir, "job_runner.d.ts"), header + declarations);
    await Bun.write(join(outDir, "descriptors.ts"), await descriptors());
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

export function apiReference(): string {
  return referenceOf(join(root, "proto/job_runner.proto"));
}

if (import.meta.main) {
  await generate(join(import.meta.dir, "generated"));
  await Bun.write(join(root, "docs/api-reference.md"), apiReference());
}
