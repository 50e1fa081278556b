import { expect, test } from "bun:test";
import { remountCommand } from "../../../src/job/cgroup/quick-moves.ts";

const MOUNTINFO =
  "22 28 0:20 / /proc rw,nosuid - proc proc rw\n" +
  "35 28 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";
const KERNEL_6 = ["nsdelegate", "favordynmods", "memory_localevents"];

test("the command names every option that the mount has, and the one that it lacks", () => {
  expect(remountCommand(MOUNTINFO, KERNEL_6)).toBe(
    "mount -o remount,rw,nosuid,nodev,noexec,relatime,nsdelegate,favordynmods /sys/fs/cgroup",
  );
});

test("there is no command where nothing is to be won, or the kernel is too old", () => {
  expect(remountCommand(MOUNTINFO.replace("nsdelegate", "favordynmods"), KERNEL_6)).toBeUndefined();
  expect(remountCommand(MOUNTINFO, ["nsdelegate"])).toBeUndefined();
  expect(remountCommand("", KERNEL_6)).toBeUndefined();
});
