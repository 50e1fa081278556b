import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lockedPackages } from "./lockfile.ts";
import type { Target } from "./targets.ts";

/**
 * Bun for another platform, from npm, checked against package-lock.json as `npm ci` checks what it installs.
 * Undefined for the platform that npm has installed here, which is the Bun that runs this.
 */
export function bunFor(root: string, { runtime }: Target): string | undefined {
  if (existsSync(join(root, "node_modules", runtime, "package.json"))) return undefined;
  const locked = lockedPackages(root).find(({ name }) => name === runtime);
  if (locked === undefined) throw new Error(`package-lock.json has no ${runtime}`);
  const cache = join(root, "node_modules/.cache/lpr-release");
  const bun = join(cache, `${runtime.replace("/", "-")}-${locked.version}`);
  if (existsSync(bun)) return bun;
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, "fetch-"));
  try {
    const archive = run(["npm", "pack", "--silent", `${runtime}@${locked.version}`], scratch).trim();
    const sha512 = createHash("sha512")
      .update(readFileSync(join(scratch, archive)))
      .digest("base64");
    if (`sha512-${sha512}` !== locked.integrity) {
      throw new Error(`${archive} is not the one of package-lock.json: sha512-${sha512}`);
    }
    run(["tar", "-xzf", archive, "package/bin/bun"], scratch);
    renameSync(join(scratch, "package/bin/bun"), bun);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return bun;
}

function run(cmd: string[], cwd: string): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(cmd, { cwd, stdin: "ignore" });
  if (exitCode !== 0) throw new Error(`${cmd.join(" ")} failed: ${stderr}`);
  return stdout.toString();
}
