import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProgram, installPackages, Unavailable } from "./prerequisites.ts";

const PACKAGES = ["systemd", "systemd-sysv", "dbus", "util-linux", "dash", "openssl"];
const DISK_SIZE = "1200M";
export const UNITS = "/etc/systemd/system";

/** The units that docs/limits.md recommends, with the guest's program as the agent. */
const agent = (stateDir: string, root?: string) =>
  `/usr/local/bin/lpr-guest agent '${JSON.stringify({ stateDir, root, jobs: [] })}'`;

const FILES: Readonly<Record<string, string>> = {
  [`${UNITS}/lpr-jobs.service`]: `[Service]
Delegate=cpu io memory pids
ExecStart=/bin/sh -c 'g=/sys/fs/cgroup$(cut -d: -f3 /proc/self/cgroup) && mkdir -p $g/holder && echo 0 >$g/holder/cgroup.procs && exec sleep infinity'
`,
  [`${UNITS}/lpr.service`]: `[Unit]
Requires=lpr-jobs.service
After=lpr-jobs.service
[Service]
KillMode=process
ExecStart=${agent("/var/lib/lpr", "/sys/fs/cgroup/system.slice/lpr-jobs.service/LPR")}
`,
  [`${UNITS}/lpr-delegated.service`]: `[Service]
Delegate=yes
ExecStart=${agent("/var/lib/lpr-delegated")}
`,
  [`${UNITS}/lpr-plain.service`]: `[Service]
KillMode=process
ExecStart=${agent("/var/lib/lpr-plain")}
`,
  [`${UNITS}/lpr-tests.service`]: `[Unit]
After=basic.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'exec >/dev/ttyS0 2>&1; /usr/local/bin/lpr-guest; echo guest exit $?; poweroff -f'
`,
  "/etc/fstab": "/dev/nvme0n1 / ext4 rw,noatime 0 0\n",
};

const LINKS = { [`${UNITS}/multi-user.target.wants/lpr-tests.service`]: "../lpr-tests.service" };

/** What would wait for devices that nothing announces without udev. */
const MASKED = {
  [`${UNITS}/serial-getty@ttyS0.service`]: "/dev/null",
  [`${UNITS}/getty@tty1.service`]: "/dev/null",
};

/** What is on a disk beside Debian: texts and symbolic links by their paths, and copies of files. */
export interface DiskContent {
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  /** Where each comes from. */
  readonly copies: Readonly<Record<string, string>>;
}

/**
 * The disk of the tests of units, with the guest's program in them.
 * @throws Unavailable
 */
export function makeSystemdDisk(path: string, guest: string, cacheDir: string, mke2fs: string): void {
  const copies = { "/usr/local/bin/lpr-guest": guest };
  makeDebianDisk(path, { files: FILES, links: LINKS, copies }, cacheDir, mke2fs);
}

/**
 * A disk with a small Debian that systemd boots. Its files keep their owners, which needs root here.
 * @throws Unavailable
 */
export function makeDebianDisk(path: string, content: DiskContent, cacheDir: string, mke2fs: string): void {
  if (process.getuid?.() !== 0) throw new Unavailable("a root file system can only be made by root");
  const archive = join(cacheDir, `debian-${Bun.hash(PACKAGES.join()).toString(36)}.tar`);
  if (!existsSync(archive)) {
    installPackages({ mmdebstrap: "mmdebstrap" });
    const unfinished = `${archive}.${process.pid}.tar`;
    run("mmdebstrap", "--variant=minbase", `--include=${PACKAGES.join(",")}`, "bookworm", unfinished);
    renameSync(unfinished, archive);
  }
  const root = `${path}.root`;
  const place = (file: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    return join(root, file);
  };
  mkdirSync(root);
  run("tar", "--extract", `--directory=${root}`, `--file=${archive}`);
  for (const [file, source] of Object.entries(content.copies)) {
    cpSync(source, place(file), { recursive: true });
    chmodSync(place(file), 0o755);
  }
  for (const [file, text] of Object.entries(content.files)) writeFileSync(place(file), text);
  for (const [link, target] of Object.entries({ ...MASKED, ...content.links }))
    symlinkSync(target, place(link));
  run(mke2fs, "-q", "-t", "ext4", "-d", root, path, DISK_SIZE);
}

function run(program: string, ...args: string[]): void {
  const { exitCode, stderr } = Bun.spawnSync([findProgram(program) ?? program, ...args], { stdin: "ignore" });
  if (exitCode !== 0) throw new Unavailable(`${program} failed: ${stderr.toString().trim().slice(-500)}`);
}
