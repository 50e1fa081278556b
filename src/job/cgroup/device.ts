import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { JobError } from "../errors.ts";

/**
 * `MAJ:MIN` of the whole disk that `ioDevice` names or that `path` lies on: io.max takes no partitions.
 * @throws JobError HOST_UNSUPPORTED where there is none
 */
export function ioDeviceOf(ioDevice: string | undefined, path: string): string {
  return ioDevice === undefined ? diskBehind(path) : namedDisk(ioDevice);
}

function namedDisk(ioDevice: string): string {
  const number = ioDevice.startsWith("/") ? deviceNumberOf(ioDevice) : ioDevice;
  const disk = number === undefined ? undefined : wholeDisk(number);
  if (disk !== undefined) return disk;
  throw new JobError("HOST_UNSUPPORTED", `io limits need a disk, and ioDevice ${ioDevice} is none`, {
    hint: "lsblk on the host lists its disks; give one as /dev/NAME or MAJ:MIN",
  });
}

function diskBehind(path: string): string {
  const number = formatDevice(statSync(path).dev);
  const disk = wholeDisk(number);
  if (disk !== undefined) return disk;
  // Overlay, tmpfs, network and multi-device file systems have anonymous numbers, of major 0.
  const type = fileSystemType(readFileSync("/proc/self/mountinfo", "utf8"), number);
  throw new JobError(
    "HOST_UNSUPPORTED",
    `io limits need a disk, and there is none behind the job's directory (${type ?? "an anonymous device"})`,
    { hint: "name the disk with ioDevice, or keep the state directory on a file system of one disk" },
  );
}

/** Undefined where the kernel knows no such block device. A link to each of them is in `blockDevices`. */
export function wholeDisk(number: string, blockDevices = "/sys/dev/block"): string | undefined {
  const link = join(blockDevices, number);
  if (!existsSync(link)) return undefined;
  const directory = realpathSync(link);
  const disk = existsSync(join(directory, "partition")) ? dirname(directory) : directory;
  return readFileSync(join(disk, "dev"), "utf8").trim();
}

function deviceNumberOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isBlockDevice() ? formatDevice(stat.rdev) : undefined;
}

/** dev_t as glibc lays it out: 12 bits of major and 8 of minor below, the rest of both above. makedev(3) */
export function formatDevice(device: number): string {
  const bits = BigInt(device);
  const major = ((bits >> 8n) & 0xfffn) | ((bits >> 32n) & ~0xfffn);
  const minor = (bits & 0xffn) | ((bits >> 12n) & ~0xffn & 0xffffffffn);
  return `${major}:${minor}`;
}

/** Type of the file system with this device number. proc_pid_mountinfo(5) */
export function fileSystemType(mountinfo: string, number: string): string | undefined {
  const line = mountinfo.split("\n").find((mount) => mount.split(" ")[2] === number);
  return line?.split(" - ")[1]?.split(" ")[0];
}
