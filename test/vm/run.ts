/**
 * `npm run test:vm`: boots a real cgroup v2 kernel in qemu and runs test/vm/guest.ts there as root.
 * LPR_VM=required fails where `auto`, the default, skips; LPR_VM=off skips always. `--only TEXT` runs the tests
 * whose names hold it, `--stage TEXT` the boots.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { boot, makeDisk } from "./boot.ts";
import { STAGES, type Stage } from "./guest/stages.ts";
import { initramfs } from "./initramfs.ts";
import { runInstall } from "./install/run.ts";
import { cacheDirectory, type Prerequisites, prepare, Unavailable } from "./prerequisites.ts";
import { makeSystemdDisk } from "./systemd-root.ts";

/** Emulated, on a machine that is busy with other things. */
const STAGE_TIMEOUT_MS = 20 * 60_000;

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, stage: { type: "string" } },
});
const mode = process.env["LPR_VM"] ?? "auto";
const cacheDir = cacheDirectory(process.env);
const results = { passed: 0, failed: 0, skipped: 0 };

/** Undefined where the host cannot do it, which it has then said. */
function unlessUnavailable<T>(what: string, prepareIt: () => T): T | undefined {
  try {
    if (mode === "off") throw new Unavailable("switched off by LPR_VM=off");
    return prepareIt();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.log(`SKIPPED ${what}: ${error.message}`);
    results[mode === "required" ? "failed" : "skipped"] += 1;
    return undefined;
  }
}

async function main(): Promise<void> {
  const host = unlessUnavailable("the tests on a cgroup v2 kernel", () => prepare(cacheDir));
  if (host === undefined) return;
  const dir = mkdtempSync(join(tmpdir(), "lpr-vm-"));
  try {
    const guest = compileGuest(dir);
    const disk = join(dir, "disk.img");
    const archive = join(dir, "initramfs.cpio");
    makeDisk(disk, host.mke2fs);
    writePieces(archive, initramfs(guest, host.busybox));
    for (const stage of STAGES.filter((each) => each.includes(values.stage ?? ""))) {
      console.log(`\nvm: ${stage}`);
      if (stage !== "systemd") await runStage(host, { stage, disk, initramfs: archive });
      else {
        const system = join(dir, "system.img");
        const made = unlessUnavailable("the tests below systemd", () => {
          makeSystemdDisk(system, guest, cacheDir, host.mke2fs);
          return system;
        });
        if (made !== undefined) await runStage(host, { stage, disk: made, initramfs: undefined });
      }
    }
    // Each of its tests begins where the one before has ended, so there is no part of it to run.
    if (values.only === "" && "install".includes(values.stage ?? "")) await installStage(host, dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function installStage(host: Prerequisites, dir: string): Promise<void> {
  console.log("\nvm: install");
  const onResult = (line: string, passed: boolean) => {
    console.log(line);
    results[passed ? "passed" : "failed"] += 1;
  };
  try {
    await runInstall({ host, dir, cacheDir, onResult });
  } catch (error) {
    unlessUnavailable("the tests of an installation", () => {
      throw error;
    });
  }
}

interface StageInput {
  readonly stage: Stage;
  readonly disk: string;
  readonly initramfs: string | undefined;
}

async function runStage(host: Prerequisites, input: StageInput): Promise<void> {
  let finished = false;
  const onLine = (line: string) => {
    if (line.startsWith("ok ")) results.passed += 1;
    else if (line.startsWith("not ok ")) results.failed += 1;
    if (/^guest exit [01]$|^power off$/.test(line)) finished = true;
    // The kernel's farewell.
    else if (!/^$|^\[ .*reboot: /.test(line)) console.log(line);
    return line === "power off" ? "power off" : undefined;
  };
  await boot({ ...input, host, only: values.only, onLine, timeoutMs: STAGE_TIMEOUT_MS });
  if (finished) return;
  console.log(`not ok ${input.stage}: the guest ended early`);
  results.failed += 1;
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

await main();
// As `bun test` closes, for whoever counts.
console.log(`\n ${results.passed} pass\n ${results.skipped} skip\n ${results.failed} fail`);
process.exitCode = results.failed === 0 ? 0 : 1;
