import { expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { applyLimits, limitFiles, limitsIn } from "../../../src/job/cgroup/apply.ts";
import { JobError } from "../../../src/job/errors.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

test("each limit becomes the kernel's own text in the kernel's own file", () => {
  expect(limitFiles({})).toEqual({});
  expect(limitFiles({ openFiles: 64 })).toEqual({});
  expect(limitFiles({ cpuCores: 0.5 })).toEqual({ "cpu.max": "50000 100000" });
  expect(limitFiles({ cpuCores: 0.01 })).toEqual({ "cpu.max": "1000 100000" });
  expect(limitFiles({ cpuCores: 2.345678 })).toEqual({ "cpu.max": "234568 100000" });
  expect(limitFiles({ pids: 7 })).toEqual({ "pids.max": "7" });
});

test("a memory limit switches swap off and kills the job as a whole", () => {
  expect(limitFiles({ memoryBytes: 8_000_000 })).toEqual({
    "memory.max": "8000000",
    "memory.swap.max": "0",
    "memory.oom.group": "1",
  });
});

test("io limits become one line with the disk in front, and only the keys that were asked for", () => {
  expect(limitFiles({ ioReadBytesPerSecond: 1_048_576 }, "259:0")).toEqual({
    "io.max": "259:0 rbps=1048576",
  });
  const all = {
    ioReadBytesPerSecond: 100_000,
    ioWriteBytesPerSecond: 200_000,
    ioReadOpsPerSecond: 3,
    ioWriteOpsPerSecond: 4,
  };
  expect(limitFiles(all, "8:0")).toEqual({ "io.max": "8:0 rbps=100000 wbps=200000 riops=3 wiops=4" });
  expect(limitFiles({ ioDevice: "8:0" }, "8:0")).toEqual({});
});

test("what the kernel says is read as limits again, for the one disk", () => {
  const files = {
    "cpu.max": "150000 100000\n",
    "memory.max": "67108864\n",
    "memory.swap.max": "0\n",
    "memory.oom.group": "1\n",
    "pids.max": "20\n",
    "io.max": "8:16 rbps=1 wbps=max riops=max wiops=max\n8:1 rbps=2097152 wbps=max riops=max wiops=120\n",
  };
  expect(limitsIn(files, "8:1")).toEqual({
    cpuCores: 1.5,
    memoryBytes: 67_108_864,
    pids: 20,
    ioReadBytesPerSecond: 2_097_152,
    ioWriteOpsPerSecond: 120,
    ioDevice: "8:1",
  });
});

test("no limit is read as infinity, never as a number that could pass for one", () => {
  const files = { "cpu.max": "max 100000\n", "memory.max": "max\n", "pids.max": "max\n" };
  expect(limitsIn(files)).toEqual({
    cpuCores: Number.POSITIVE_INFINITY,
    memoryBytes: Number.POSITIVE_INFINITY,
    pids: Number.POSITIVE_INFINITY,
  });
});

test("a group without the file is refused, and the file is not made", () => {
  using dir = tempDir();
  const attempt = () => applyLimits(dir.path, { pids: 5 }, dir.path);
  expect(attempt).toThrow(JobError);
  expect(attempt).toThrow("the limits cannot be enforced: this kernel has no pids.max");
  expect(existsSync(dir.join("pids.max"))).toBe(false);
});

test("a kernel that keeps another value than asked for is not believed", () => {
  using dir = tempDir();
  // An ordinary file keeps the end of a longer text, as a kernel that ignores the write would keep its own.
  writeFileSync(dir.join("pids.max"), "777777\n");
  expect(() => applyLimits(dir.path, { pids: 5 }, dir.path)).toThrow(
    "pids of 5 is not enforced: the kernel has 577777",
  );
  writeFileSync(dir.join("pids.max"), "");
  expect(applyLimits(dir.path, { pids: 5, openFiles: 99 }, dir.path)).toEqual({ pids: 5 });
  expect(readFileSync(dir.join("pids.max"), "utf8")).toBe("5");
});
