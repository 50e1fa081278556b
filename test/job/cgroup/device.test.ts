import { expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileSystemType, formatDevice, ioDeviceOf, wholeDisk } from "../../../src/job/cgroup/device.ts";
import { JobError } from "../../../src/job/errors.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

test("device numbers are taken apart as makedev(3) puts them together", () => {
  expect(formatDevice(0x0801)).toBe("8:1");
  expect(formatDevice(0x10303)).toBe("259:3");
  expect(formatDevice(65_024)).toBe("254:0");
  // A minor of more than 8 bits, a major of more than 12.
  expect(formatDevice(Number((1n << 20n) | 0xfd01n))).toBe("253:257");
  expect(formatDevice(Number((1n << 44n) | 0x0002n))).toBe("4096:2");
});

test("the type of a file system is found by its number", () => {
  const mountinfo = `22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
29 22 0:26 / /tmp rw - tmpfs tmpfs rw
35 22 0:40 / /merged dir rw,relatime master:1 - overlay overlay rw,lowerdir=/a
`;
  expect(fileSystemType(mountinfo, "0:26")).toBe("tmpfs");
  expect(fileSystemType(mountinfo, "0:40")).toBe("overlay");
  expect(fileSystemType(mountinfo, "0:41")).toBeUndefined();
});

test("a file system without a disk is refused, saying what it is and what to do", () => {
  // proc has an anonymous device on every host.
  const attempt = () => ioDeviceOf(undefined, "/proc");
  expect(attempt).toThrow(JobError);
  expect(attempt).toThrow("there is none behind the job's directory (proc)");
});

test("a device that is no disk is refused by its name", () => {
  for (const device of ["/dev/null", "/dev/there-is-none", "4095:1"]) {
    expect(() => ioDeviceOf(device, "/")).toThrow(`ioDevice ${device} is none`);
  }
});

test("io limits go to the whole disk, as the kernel takes no partition for them", () => {
  using dir = tempDir();
  const partition = dir.join("devices/sda/sda1");
  mkdirSync(partition, { recursive: true });
  writeFileSync(dir.join("devices/sda/dev"), "8:0\n");
  writeFileSync(join(partition, "dev"), "8:1\n");
  writeFileSync(join(partition, "partition"), "1\n");
  symlinkSync(dir.join("devices/sda"), dir.join("8:0"));
  symlinkSync(partition, dir.join("8:1"));
  const found = ["8:0", "8:1", "8:2"].map((number) => wholeDisk(number, dir.path));
  expect(found).toEqual(["8:0", "8:0", undefined]);
});

const [disk] = readdirSync("/sys/block");

test.skipIf(disk === undefined)("a disk of this host is found by its number", () => {
  const number = readFileSync(`/sys/block/${disk}/dev`, "utf8").trim();
  expect(ioDeviceOf(number, "/")).toBe(number);
});
