import { describe, expect, test } from "bun:test";
import { cgroupLimitsIn, type Limits, limitIssues, NUMERIC_LIMITS } from "../../../src/job/cgroup/limits.ts";

test("limits within their ranges have no issues, at both ends of them", () => {
  const least: Limits = {
    cpuCores: 0.01,
    memoryBytes: 4 * 2 ** 20,
    pids: 1,
    ioReadBytesPerSecond: 65_536,
    ioWriteBytesPerSecond: 65_536,
    ioReadOpsPerSecond: 1,
    ioWriteOpsPerSecond: 1,
    ioDevice: "8:0",
    openFiles: 16,
  };
  const most: Limits = {
    cpuCores: 1024,
    memoryBytes: Number.MAX_SAFE_INTEGER,
    pids: 4_194_304,
    ioReadBytesPerSecond: Number.MAX_SAFE_INTEGER,
    ioWriteBytesPerSecond: Number.MAX_SAFE_INTEGER,
    ioReadOpsPerSecond: 4_294_967_294,
    ioWriteOpsPerSecond: 4_294_967_294,
    ioDevice: "/dev/disk/by-id/nvme-lpr",
    openFiles: 1_048_576,
  };
  expect(limitIssues({})).toEqual([]);
  expect(limitIssues(least)).toEqual([]);
  expect(limitIssues(most)).toEqual([]);
});

describe.each([
  [{ cpuCores: 0 }, "limits.cpuCores must be a number from 0.01 to 1024, got 0"],
  [{ cpuCores: 0.009 }, "limits.cpuCores must be a number from 0.01 to 1024, got 0.009"],
  [{ cpuCores: Number.NaN }, "limits.cpuCores must be a number from 0.01 to 1024, got NaN"],
  [{ memoryBytes: 4095 }, "limits.memoryBytes must be an integer from 4194304 to 9007199254740991, got 4095"],
  [
    { memoryBytes: 5e6 + 0.5 },
    "limits.memoryBytes must be an integer from 4194304 to 9007199254740991, got 5000000.5",
  ],
  [{ pids: -1 }, "limits.pids must be an integer from 1 to 4194304, got -1"],
  [{ pids: 4_194_305 }, "limits.pids must be an integer from 1 to 4194304, got 4194305"],
  [
    { ioReadOpsPerSecond: 2 ** 32 - 1 },
    "limits.ioReadOpsPerSecond must be an integer from 1 to 4294967294, got 4294967295",
  ],
  [{ openFiles: 15 }, "limits.openFiles must be an integer from 16 to 1048576, got 15"],
  [{ ioDevice: "sda" }, 'limits.ioDevice must be MAJ:MIN or a path below /dev, got "sda"'],
  [
    { ioDevice: "/dev/../etc/x" },
    'limits.ioDevice must be MAJ:MIN or a path below /dev, got "/dev/../etc/x"',
  ],
  [{ ioDevice: "8:0 rbps=max" }, 'limits.ioDevice must be MAJ:MIN or a path below /dev, got "8:0 rbps=max"'],
])("%j is refused", (limits, issue) => {
  test("by field, rule and value", () => expect(limitIssues(limits)).toEqual([issue]));
});

test("what only a program in plain JavaScript can give is refused too", () => {
  const issuesOf = (limits: unknown) => limitIssues(limits as Limits);
  expect(issuesOf(null)).toEqual(["limits must be an object, got null"]);
  expect(issuesOf([1])).toEqual(["limits must be an object, got [1]"]);
  expect(issuesOf({ pids: "10" })).toEqual(['limits.pids must be an integer from 1 to 4194304, got "10"']);
  expect(issuesOf({ memory: 1 })).toEqual([
    expect.stringMatching(/^limits must hold only cpuCores, memoryBytes, .*ioDevice, got "memory"$/),
  ]);
});

test("all issues are listed at once", () => {
  const limits = Object.fromEntries(NUMERIC_LIMITS.map((name) => [name, 0]));
  expect(limitIssues({ ...limits, ioDevice: "" })).toHaveLength(NUMERIC_LIMITS.length + 1);
});

test("open files alone need no cgroup, everything else does", () => {
  expect(cgroupLimitsIn({ openFiles: 64 })).toEqual([]);
  expect(cgroupLimitsIn({ openFiles: 64, pids: undefined })).toEqual([]);
  expect(cgroupLimitsIn({ openFiles: 64, pids: 5, ioDevice: "8:0" })).toEqual(["pids", "ioDevice"]);
});
