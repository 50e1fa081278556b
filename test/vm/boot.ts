import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { Prerequisites } from "./prerequisites.ts";

const DISK_BYTES = 512 * 2 ** 20;
/** Arguments of the kernel: nothing but the guest's own lines on the console, and an end instead of a panic. */
const QUIET = ["console=ttyS0", "quiet", "loglevel=1", "panic=-1"];
const SYSTEM_ON_DISK = [
  "root=/dev/nvme0n1",
  "rw",
  "init=/lib/systemd/systemd",
  "systemd.show_status=false",
  "systemd.log_target=kmsg",
];
const SECTOR = 512;
const FIRST_SECTOR = 2048;

export interface BootInput {
  readonly host: Prerequisites;
  /** Undefined boots the system on the disk. */
  readonly initramfs: string | undefined;
  readonly disk: string;
  /** What the guest is to do; it reads it from its kernel's command line. */
  readonly stage: string;
  /** Part of the names of the tests to run. */
  readonly only: string;
  /** Hears of each line of the console. Returning "power off" pulls the plug: nothing is written back any more. */
  readonly onLine: (line: string) => "power off" | undefined;
  /** Aborting it pulls the plug as well. */
  readonly signal?: AbortSignal | undefined;
  /** Port of this machine's loopback that leads to port 50051 of the guest. @default no network */
  readonly port?: number | undefined;
  /** Only turns a guest that hangs into a failure. */
  readonly timeoutMs: number;
}

/** Resolves when the machine is off; rejects when it had to be killed for the time it took. */
export async function boot({
  host,
  initramfs,
  disk,
  stage,
  only,
  onLine,
  port,
  signal,
  timeoutMs,
}: BootInput): Promise<void> {
  const forGuest = [`lpr.stage=${stage}`, `lpr.only=${encodeURIComponent(only)}`];
  const qemu = Bun.spawn({
    cmd: [
      // However this process ends, the machine goes with it.
      ...[host.setpriv, "--pdeathsig", "KILL", host.qemu],
      // Software emulation: works everywhere, and every processor has what Bun needs, AVX2 too.
      ...["-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "2G"],
      ...["-kernel", host.kernel, ...(initramfs === undefined ? [] : ["-initrd", initramfs])],
      ...["-append", [...QUIET, ...(initramfs ? [] : SYSTEM_ON_DISK), ...forGuest].join(" ")],
      // Not -nographic: it has the firmware draw on the console as well.
      ...["-display", "none", "-vga", "none", "-serial", "stdio", "-monitor", "none"],
      "-no-reboot",
      // The one network card that takes a single module.
      ...["-nic", port === undefined ? "none" : `user,model=vmxnet3,hostfwd=tcp:127.0.0.1:${port}-:50051`],
      ...["-drive", `file=${disk},if=none,id=disk,format=raw`, "-device", "nvme,drive=disk,serial=lpr"],
    ],
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  signal?.addEventListener("abort", () => qemu.kill("SIGKILL"));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    qemu.kill("SIGKILL");
  }, timeoutMs);
  try {
    for await (const line of linesOf(qemu.stdout)) {
      if (onLine(line) === "power off") qemu.kill("SIGKILL");
    }
    await qemu.exited;
  } finally {
    clearTimeout(timer);
    qemu.kill("SIGKILL");
  }
  if (late) throw new Error(`the guest was not done with ${stage} after ${timeoutMs / 1000} s`);
}

/** A disk with one partition, and ext4 on it. */
export function makeDisk(path: string, mke2fs: string): void {
  const fd = openSync(path, "w");
  ftruncateSync(fd, DISK_BYTES);
  writeSync(fd, masterBootRecord());
  closeSync(fd);
  const start = FIRST_SECTOR * SECTOR;
  const kilobytes = (DISK_BYTES - start) / 1024;
  const cmd = [
    mke2fs,
    "-q",
    "-F",
    "-t",
    "ext4",
    "-b",
    "4096",
    "-E",
    `offset=${start}`,
    path,
    `${kilobytes}k`,
  ];
  const { exitCode, stderr } = Bun.spawnSync(cmd);
  if (exitCode !== 0) throw new Error(`mke2fs failed: ${stderr}`);
}

/** A partition table of four entries, one of which is used. */
function masterBootRecord(): Uint8Array {
  const sector = new Uint8Array(SECTOR);
  const table = new DataView(sector.buffer, 446);
  const linux = 0x83;
  table.setUint8(4, linux);
  table.setUint32(8, FIRST_SECTOR, true);
  table.setUint32(12, DISK_BYTES / SECTOR - FIRST_SECTOR, true);
  sector.set([0x55, 0xaa], SECTOR - 2);
  return sector;
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r*\n/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
