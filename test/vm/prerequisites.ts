import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What a boot needs of this machine. */
export interface Prerequisites {
  readonly qemu: string;
  readonly setpriv: string;
  readonly mke2fs: string;
  /** Of Debian's cloud kernel: NVMe, ext4 and every cgroup controller are built into it. */
  readonly kernel: string;
  /** The kernel's driver of the network card that boot.ts gives a guest. */
  readonly networkDriver: string;
  /** Static, so that it is the guest's tool box without a library. */
  readonly busybox: string;
}

/** Why the machine cannot boot one, and what to do about it. */
export class Unavailable extends Error {}

const KERNEL_PACKAGE = "linux-image-cloud-amd64";
const SEARCH = { PATH: "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin" };

/** Programs of the host, and the Debian package of each; the guest gets its own copies of the second kind. */
export const HOST_PROGRAMS = {
  "qemu-system-x86_64": "qemu-system-x86",
  mke2fs: "e2fsprogs",
  "dpkg-deb": "dpkg",
} as const;
export const GUEST_PROGRAMS = {
  dash: "dash",
  setsid: "util-linux",
  setpriv: "util-linux",
  fallocate: "util-linux",
  prlimit: "util-linux",
  env: "coreutils",
  dd: "coreutils",
  ldd: "libc-bin",
} as const;

export function findProgram(name: string): string | undefined {
  return Bun.which(name, SEARCH) ?? undefined;
}

/**
 * Finds everything; installs programs as root on Debian, and keeps kernel and busybox in the cache directory.
 * @throws Unavailable
 */
export function prepare(cacheDir: string): Prerequisites {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Unavailable(`the guest is x86-64 Linux, this is ${process.platform} ${process.arch}`);
  }
  installPackages({ ...HOST_PROGRAMS, ...GUEST_PROGRAMS });
  const kernel = join(cacheDir, "vmlinuz");
  const networkDriver = join(cacheDir, "vmxnet3.ko");
  const busybox = join(cacheDir, "busybox");
  // Together: a driver works with its own kernel alone.
  if (!existsSync(kernel) || !existsSync(networkDriver)) {
    fetchFile(cacheDir, kernelPackage, /^boot\/vmlinuz-/, kernel);
    fetchFile(cacheDir, kernelPackage, /\/vmxnet3\.ko$/, networkDriver);
  }
  if (!existsSync(busybox)) fetchFile(cacheDir, () => "busybox-static", /^bin\/busybox$/, busybox);
  return {
    qemu: findProgram("qemu-system-x86_64") ?? "",
    setpriv: findProgram("setpriv") ?? "",
    mke2fs: findProgram("mke2fs") ?? "",
    ...{ kernel, networkDriver, busybox },
  };
}

/** $LPR_VM_CACHE, else lpr-vm where the account keeps what can be made again. */
export function cacheDirectory(env: Record<string, string | undefined>): string {
  return env["LPR_VM_CACHE"] ?? join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "lpr-vm");
}

/**
 * Makes sure of programs, each by the name of its Debian package.
 * @throws Unavailable
 */
export function installPackages(programs: Readonly<Record<string, string>>): void {
  const missing = () => Object.entries(programs).filter(([program]) => findProgram(program) === undefined);
  const packages = [...new Set(missing().map(([, name]) => name))];
  if (packages.length === 0) return;
  const command = `apt-get install --no-install-recommends ${packages.join(" ")}`;
  if (process.getuid?.() !== 0 || findProgram("apt-get") === undefined) {
    throw new Unavailable(`missing: ${packages.join(", ")}. On Debian, as root: ${command}`);
  }
  apt("update", "-q");
  apt("install", "-q", "-y", "--no-install-recommends", ...packages);
  const still = missing().map(([program]) => program);
  if (still.length > 0) throw new Unavailable(`missing after ${command}: ${still.join(", ")}`);
}

/** Takes one file out of a Debian package, which is downloaded and not installed. */
function fetchFile(cacheDir: string, packageName: () => string, file: RegExp, target: string): void {
  if (findProgram("apt-get") === undefined) {
    throw new Unavailable(
      `no ${target}, and no apt-get to fetch it with; put a kernel with NVMe, ext4 and cgroup v2 built in there, and a static busybox beside it`,
    );
  }
  mkdirSync(cacheDir, { recursive: true });
  const scratch = mkdtempSync(join(cacheDir, "fetch-"));
  try {
    const download = () => run(["apt-get", "download", packageName()], scratch);
    try {
      download();
    } catch (error) {
      if (process.getuid?.() !== 0) throw error;
      // Images of containers come without package lists.
      apt("update", "-q");
      download();
    }
    const deb = readdirSync(scratch).find((name) => name.endsWith(".deb")) ?? "";
    run(["dpkg-deb", "--extract", join(scratch, deb), join(scratch, "files")], scratch);
    const found = (readdirSync(join(scratch, "files"), { recursive: true }) as string[]).find((path) =>
      file.test(path),
    );
    if (found === undefined) throw new Unavailable(`${deb} holds no ${file.source}`);
    // In one step: a run that is interrupted must not leave half a kernel behind.
    copyFileSync(join(scratch, "files", found), join(scratch, "found"));
    renameSync(join(scratch, "found"), target);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The package that the name for "the newest one" stands for. */
function kernelPackage(): string {
  const name = /Depends: (linux-image-\S+)/.exec(run(["apt-cache", "depends", KERNEL_PACKAGE], "/"))?.[1];
  if (name === undefined) throw new Unavailable(`apt-cache knows no ${KERNEL_PACKAGE}: apt-get update`);
  return name;
}

function apt(...args: string[]): void {
  run(["apt-get", ...args], "/");
}

function run(cmd: string[], cwd: string): string {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
  const { exitCode, stdout, stderr } = Bun.spawnSync(cmd, { cwd, env, stdin: "ignore" });
  if (exitCode !== 0) throw new Unavailable(`${cmd.join(" ")} failed: ${stderr.toString().trim()}`);
  return stdout.toString();
}
