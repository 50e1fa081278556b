import { expect, test } from "bun:test";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { detectCgroups } from "../../../src/job/cgroup/detect.ts";
import { removeGroup } from "../../../src/job/cgroup/group.ts";
import { readUsage, usageIn } from "../../../src/job/cgroup/usage.ts";
import { hasCgroups } from "../../helpers/job-service.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

// As a 6.1 kernel writes them.
const TEXTS = {
  "cpu.stat":
    "usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\nnr_periods 40\nnr_throttled 12\nthrottled_usec 987654\nnr_bursts 0\nburst_usec 0\n",
  "memory.current": "8192\n",
  "memory.peak": "67104768\n",
  "memory.events": "low 0\nhigh 0\nmax 90\noom 3\noom_kill 5\noom_group_kill 1\n",
  "memory.events.local": "low 0\nhigh 0\nmax 81\noom 1\noom_kill 2\noom_group_kill 1\n",
  "io.stat":
    "259:0 rbytes=8388608 wbytes=4096 rios=128 wios=1 dbytes=0 dios=0\n8:0 rbytes=100 wbytes=200 rios=1 wios=1 dbytes=0 dios=0\n253:0 \n",
  "pids.current": "4\n",
  "cgroup.procs": "100\n101\n",
  "cpu.pressure":
    "some avg10=12.34 avg60=5.00 avg300=1.00 total=2500000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n",
  "memory.pressure": "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n",
  "io.pressure":
    "some avg10=99.00 avg60=5.00 avg300=1.00 total=1500\nfull avg10=99.00 avg60=5.00 avg300=1.00 total=1400\n",
};

test("usage is what the kernel says, in milliseconds and bytes", () => {
  expect(usageIn(TEXTS)).toEqual({
    cpuMs: 1234.567,
    userMs: 1000,
    systemMs: 234.567,
    throttledMs: 987.654,
    memoryBytes: 8192,
    memoryPeakBytes: 67_104_768,
    ioReadBytes: 8_388_708,
    ioWriteBytes: 4296,
    processes: 4,
    oomKills: 2,
    pressure: {
      cpu: { someAvg10: 12.34, someTotalMs: 2500 },
      memory: { someAvg10: 0, someTotalMs: 0 },
      io: { someAvg10: 99, someTotalMs: 1.5 },
    },
  });
});

test("what the kernel does not say is absent, and not zero", () => {
  expect(usageIn({})).toEqual({});
  const { "memory.events.local": _, "pids.current": __, ...older } = TEXTS;
  expect(usageIn(older)).toMatchObject({ oomKills: 5, processes: 2 });
  expect(usageIn({ "cpu.stat": "usage_usec 5\n" })).toEqual({ cpuMs: 0.005 });
  expect(usageIn({ "memory.peak": "max\n", "io.pressure": "" })).toEqual({});
});

test("a job without io has read and written nothing, as its disks are measured", () => {
  expect(usageIn({ "io.stat": "" })).toEqual({ ioReadBytes: 0, ioWriteBytes: 0 });
});

test("the files of a group are read, those that are missing are left out", () => {
  using dir = tempDir();
  writeFileSync(dir.join("memory.peak"), "4096\n");
  writeFileSync(dir.join("memory.max"), "5\n");
  expect(readUsage(dir.path)).toEqual({ memoryPeakBytes: 4096 });
});

test("a group that is gone has no usage", () => {
  using dir = tempDir();
  expect(readUsage(dir.join("gone"))).toBeUndefined();
});

test.skipIf(!hasCgroups)(
  "a real group without controllers still tells processor time and processes",
  async () => {
    const { root = "" } = detectCgroups({ mode: "auto" });
    const group = `${root}/usage-${randomUUID().slice(0, 8)}`;
    mkdirSync(group);
    try {
      const script = `echo 0 >${group}/cgroup.procs; i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done`;
      expect(await Bun.spawn(["/bin/sh", "-c", script]).exited).toBe(0);
      const usage = readUsage(group);
      expect(usage?.cpuMs).toBeGreaterThan(1);
      expect(usage?.processes).toBe(0);
      expect(usage?.memoryPeakBytes !== undefined).toBe(existsSync(`${group}/memory.peak`));
    } finally {
      removeGroup(group);
    }
  },
);
