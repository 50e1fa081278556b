import { rmSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "./temp-dir.ts";

const root = join(import.meta.dir, "../..");
let made: Promise<string> | undefined;

/**
 * The directory of a release for this platform alone, made once for all tests of this process. It goes with the process.
 */
export function testRelease(): Promise<string> {
  made ??= make();
  return made;
}

async function make(): Promise<string> {
  const dir = tempDir();
  process.on("exit", () => rmSync(dir.path, { recursive: true, force: true }));
  const outdir = dir.join("release");
  await makeRelease(outdir);
  return outdir;
}

/** @param commit what its `lpr version` is to say. @default the real one */
export async function makeRelease(outdir: string, commit?: string): Promise<void> {
  const platform = `${process.platform}-${process.arch}`;
  const child = Bun.spawn(
    [process.execPath, join(root, "tools/release/main.ts"), "--only", platform, "--outdir", outdir],
    {
      ...{ cwd: root, stdin: "ignore", stdout: "ignore", stderr: "pipe" },
      env: { ...process.env, ...(commit === undefined ? {} : { LPR_COMMIT: commit }) },
    },
  );
  const [exitCode, stderr] = await Promise.all([child.exited, child.stderr.text()]);
  if (exitCode !== 0) throw new Error(`no release: ${stderr}`);
}
