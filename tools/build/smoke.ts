import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Throws unless the executable starts and tells its version. `Bun.build` reports success for binaries that
 * die on start, so only running one tells; where nothing of ours is near, so that nothing can help it.
 */
export async function smokeTest(executable: string): Promise<void> {
  const elsewhere = await mkdtemp(join(tmpdir(), "lpr-build-"));
  try {
    const run = Bun.spawnSync([executable, "version"], { cwd: elsewhere, env: {}, timeout: 30_000 });
    const output = run.stdout.toString();
    if (run.exitCode !== 0 || !/\d+\.\d+\.\d+/.test(output)) {
      throw new Error(`the built binary does not work: exit ${run.exitCode}\n${output}${run.stderr}`);
    }
  } finally {
    await rm(elsewhere, { recursive: true, force: true });
  }
}
