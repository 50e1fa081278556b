import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { JobError } from "../errors.ts";
import { ioDeviceOf } from "./device.ts";
import { IO_LIMITS, type Limits, type LimitsDraft } from "./limits.ts";

/** Of cpu.max, in microseconds: the kernel's default, and the quota of 0.01 cores is then its least, 1 ms. */
const CPU_PERIOD_US = 100_000;

/** Keys of io.max. */
const IO_KEYS = {
  ioReadBytesPerSecond: "rbps",
  ioWriteBytesPerSecond: "wbps",
  ioReadOpsPerSecond: "riops",
  ioWriteOpsPerSecond: "wiops",
} as const satisfies Record<(typeof IO_LIMITS)[number], string>;

/** What to write into which file of a group, in this order. `device` is the `MAJ:MIN` that io limits need. */
export function limitFiles(limits: Limits, device?: string): Record<string, string> {
  const { cpuCores, memoryBytes, pids } = limits;
  const io = IO_LIMITS.filter((name) => limits[name] !== undefined).map(
    (name) => `${IO_KEYS[name]}=${limits[name]}`,
  );
  return {
    ...(cpuCores === undefined
      ? {}
      : { "cpu.max": `${Math.round(cpuCores * CPU_PERIOD_US)} ${CPU_PERIOD_US}` }),
    ...(memoryBytes === undefined
      ? {}
      : // Killed as a whole: a job that lost one process at random is not one that can be trusted.
        { "memory.max": String(memoryBytes), "memory.swap.max": "0", "memory.oom.group": "1" }),
    ...(pids === undefined ? {} : { "pids.max": String(pids) }),
    ...(io.length === 0 || device === undefined ? {} : { "io.max": `${device} ${io.join(" ")}` }),
  };
}

/**
 * Sets the limits of a job's group, which must not have processes yet, and reads each back from the kernel.
 * `pathOnDisk` is the job's directory: io limits go to the whole disk behind it unless `ioDevice` names another.
 * @returns the limits in effect, without `openFiles`, which are no group's: see open-files.ts
 * @throws JobError HOST_UNSUPPORTED when one of them cannot be enforced: the group must then be removed
 */
export function applyLimits(groupDir: string, limits: Limits, pathOnDisk: string): Limits {
  const wantsIo = IO_LIMITS.some((name) => limits[name] !== undefined);
  const device = wantsIo ? ioDeviceOf(limits.ioDevice, pathOnDisk) : undefined;
  const inEffect: Record<string, string> = {};
  for (const [file, text] of Object.entries(limitFiles(limits, device))) {
    if (file === "memory.swap.max" && isWithoutSwap(groupDir)) continue;
    write(groupDir, file, text);
    inEffect[file] = readFileSync(join(groupDir, file), "utf8");
  }
  const found = limitsIn(inEffect, device);
  for (const name of Object.keys(found) as (keyof Limits)[]) {
    // Rounding down is the kernel's right; more than was asked for, or none, is not a limit.
    const [asked, actual] = [limits[name], found[name]];
    if (typeof asked === "number" && !(typeof actual === "number" && actual <= asked)) {
      throw new JobError("HOST_UNSUPPORTED", `${name} of ${asked} is not enforced: the kernel has ${actual}`);
    }
  }
  return found;
}

/** What the texts of a group's files limit; the reverse of limitFiles. "max" is no limit, here Infinity. */
export function limitsIn(files: Readonly<Record<string, string>>, device?: string): Limits {
  const found: LimitsDraft = {};
  const { "cpu.max": cpu, "memory.max": memory, "pids.max": pids, "io.max": io } = files;
  if (cpu !== undefined) {
    const [quota = "", period] = cpu.trim().split(" ");
    found.cpuCores = amount(quota) / Number(period);
  }
  if (memory !== undefined) found.memoryBytes = amount(memory);
  if (pids !== undefined) found.pids = amount(pids);
  if (io !== undefined && device !== undefined) {
    found.ioDevice = device;
    const line = io.split("\n").find((each) => each.startsWith(`${device} `)) ?? "";
    for (const name of IO_LIMITS) {
      const text = new RegExp(` ${IO_KEYS[name]}=(\\d+)`).exec(line)?.[1];
      if (text !== undefined) found[name] = Number(text);
    }
  }
  return found;
}

function amount(text: string): number {
  return text.trim() === "max" ? Number.POSITIVE_INFINITY : Number(text);
}

/** A kernel built without swap has neither that file nor anything to limit. */
function isWithoutSwap(groupDir: string): boolean {
  return !existsSync(join(groupDir, "memory.swap.max")) && !existsSync("/proc/swaps");
}

function write(groupDir: string, file: string, text: string): void {
  try {
    // Never created: on a kernel that lacks the file, the reason must be that and not a refused create.
    const fd = openSync(join(groupDir, file), constants.O_WRONLY);
    try {
      writeSync(fd, text);
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown error";
    const [why, hint] =
      code === "ENOENT"
        ? [`this kernel has no ${file}`, HINTS[file] ?? "lpr agent doctor on the host says what is missing"]
        : [`the kernel refuses ${JSON.stringify(text)} for ${file} (${code})`, "ask for another value"];
    throw new JobError("HOST_UNSUPPORTED", `the limits cannot be enforced: ${why}`, { hint, cause });
  }
}

/** What brings a file that a kernel with the controller may still lack. */
const HINTS: Readonly<Record<string, string>> = {
  "cpu.max": "use a kernel with CONFIG_CFS_BANDWIDTH",
  "io.max": "use a kernel with CONFIG_BLK_DEV_THROTTLING",
  "memory.swap.max": "boot the host with swapaccount=1, so that the job cannot swap its limit away",
};
