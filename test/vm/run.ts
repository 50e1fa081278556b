/**
 * `npm run test:vm`: boots a real cgroup v2 kernel in qemu and runs test/vm/guest.ts there as root.
 * LPR_VM=required fails where `auto`, the default, skips; LPR_VM=off skips always. `--only TEXT` runs the tests
 * whose names hold it, `--stage NAME` one boot.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { boot, makeDisk } from "./boot.ts";
import { STAGES } from "./guest/stages.ts";
import { initramfs } from "./initramfs.ts";
import { cacheDirectory, type Prerequisites, prepare, Unavailable } from "./prerequisites.ts";

/** Emulated, on a machine that is busy with other things. */
const STAGE_TIMEOUT_MS = 10 * 60_000;

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, stage: { type: "string" } },
});
const only = values.only;
const mode = process.env["LPR_VM"] ?? "auto";

async function main(): Promise<number> {
  const host = findHost();
  if (host === undefined) return mode === "required" ? 1 : 0;
  const dir = mkdtempSync(join(tmpdir(), "lpr-vm-"));
  try {
    const results = await runGuest(host, dir);
    console.log(`\n ${results.passed} pass\n ${results.failed} fail`);
    return results.failed === 0 && results.passed > 0 ? 0 : 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function findHost(): Prerequisites | undefined {
  try {
    if (mode === "off") throw new Unavailable("switched off by LPR_VM=off");
    return prepare(cacheDirectory(process.env));
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.log(`SKIPPED the tests on a cgroup v2 kernel: ${error.message}`);
    return undefined;
  }
}

async function runGuest(host: Prerequisites, dir: string): Promise<{ passed: number; failed: number }> {
  const disk = join(dir, "disk.img");
  const archive = join(dir, "initramfs.cpio");
  makeDisk(disk, host.mke2fs);
  writePieces(archive, initramfs(compileGuest(dir), host.busybox));
  const results = { passed: 0, failed: 0 };
  for (const stage of STAGES.filter((each) => each.startsWith(values.stage ?? ""))) {
    console.log(`\nvm: ${stage}`);
    let finished = false;
    const onLine = (line: string) => {
      if (line.startsWith("ok ")) results.passed += 1;
      else if (line.startsWith("not ok ")) results.failed += 1;
      if (/^guest exit [01]$|^power off$/.test(line)) finished = true;
      // The kernel's farewell.
      else if (!/^$|^\[ .*reboot: /.test(line)) console.log(line);
      return line === "power off" ? "power off" : undefined;
    };
    await boot({ host, initramfs: archive, disk, stage, only, onLine, timeoutMs: STAGE_TIMEOUT_MS });
    if (!finished) {
      console.log(`not ok ${stage}: the guest ended early`);
      results.failed += 1;
    }
  }
  return results;
}

function writePieces(path: string, pieces: readonly Uint8Array[]): void {
  const fd = openSync(path, "w");
  for (const piece of pieces) writeSync(fd, piece);
  closeSync(fd);
}

function compileGuest(dir: string): string {
  const outfile = join(dir, "lpr-guest");
  const source = join(import.meta.dir, "guest.ts");
  const cmd = [process.execPath, "build", "--compile", "--format=esm", source, "--outfile", outfile];
  const { exitCode, stdout, stderr } = Bun.spawnSync(cmd, { stdin: "ignore" });
  if (exitCode !== 0) throw new Error(`the guest's program cannot be built: ${stdout}${stderr}`);
  return outfile;
}

process.exitCode = await main();
