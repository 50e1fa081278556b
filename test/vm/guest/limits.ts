import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyLimits } from "../../../src/job/cgroup/apply.ts";
import { detectCgroups } from "../../../src/job/cgroup/detect.ts";
import { removeGroup } from "../../../src/job/cgroup/group.ts";
import { JobError } from "../../../src/job/errors.ts";
import type { Limits, Usage } from "../../../src/job/index.ts";
import { test } from "./harness.ts";
import { type Outcome, runLimited } from "./limited-job.ts";
import { groups, openService, sh } from "./service.ts";

const MIB = 2 ** 20;
const DISK = "/disk";

test("limits are read back from the kernel: memory in whole pages, the disk by its number", async () => {
  const limits = {
    cpuCores: 0.5,
    memoryBytes: 64 * MIB + 1,
    pids: 20,
    ioReadBytesPerSecond: 10 * MIB,
    ioWriteOpsPerSecond: 100,
  };
  using group = emptyGroup();
  assert.deepEqual(applyLimits(group.dir, limits, DISK), {
    ...limits,
    memoryBytes: 64 * MIB,
    ioDevice: wholeDisk(),
  });
  assert.equal(group.read("cpu.max"), "50000 100000");
  assert.equal(group.read("memory.max"), String(64 * MIB));
  assert.equal(group.read("memory.swap.max"), "0");
  assert.equal(group.read("memory.oom.group"), "1");
  assert.equal(group.read("pids.max"), "20");
  assert.equal(group.read("io.max"), `${wholeDisk()} rbps=${10 * MIB} wbps=max riops=max wiops=100`);
});

test("every limit at its least and at its most is taken by the kernel", async () => {
  const ioLeast = { ioReadBytesPerSecond: 65_536, ioWriteBytesPerSecond: 65_536 };
  const ioMost = { ioReadOpsPerSecond: 2 ** 32 - 2, ioWriteOpsPerSecond: 2 ** 32 - 2 };
  for (const limits of [
    { cpuCores: 0.01, memoryBytes: 4 * MIB, pids: 1, ...ioLeast },
    { cpuCores: 1024, memoryBytes: 2 ** 40, pids: 4_194_304, ...ioMost },
  ]) {
    using group = emptyGroup();
    assert.deepEqual(applyLimits(group.dir, limits, DISK), { ...limits, ioDevice: wholeDisk() });
  }
});

test("a job starts with the least memory and one process", async () => {
  const { state, output } = await runLimited("echo started", { memoryBytes: 4 * MIB, pids: 1 });
  assert.equal(state.reason, "EXITED");
  assert.deepEqual({ status: state.status, output }, { status: "SUCCEEDED", output: "started\n" });
});

test("io limits are refused where there is no disk behind the directory, and work when one is named", async () => {
  using group = emptyGroup();
  const limits = { ioReadBytesPerSecond: MIB };
  assert.throws(
    () => applyLimits(group.dir, limits, "/tmp"),
    (error: JobError) => error.code === "HOST_UNSUPPORTED" && /none behind .* \(tmpfs\)/.test(error.message),
  );
  assert.equal(group.read("io.max"), "", "nothing was set");
  for (const ioDevice of ["/dev/nvme0n1", "/dev/nvme0n1p1", wholeDisk()]) {
    assert.equal(applyLimits(group.dir, { ...limits, ioDevice }, "/tmp").ioDevice, wholeDisk());
  }
  for (const ioDevice of ["/dev/null", "/dev/absent", "9:9"]) {
    assert.throws(
      () => applyLimits(group.dir, { ...limits, ioDevice }, DISK),
      (error: JobError) => error.code === "HOST_UNSUPPORTED" && error.message.includes(ioDevice),
    );
  }
});

test("a limit whose controller is off is refused, naming the file", async () => {
  const dir = "/sys/fs/cgroup/without";
  mkdirSync(`${dir}/job`, { recursive: true });
  try {
    for (const [limits, file] of [
      [{ cpuCores: 1 }, "cpu.max"],
      [{ memoryBytes: 64 * MIB }, "memory.max"],
      [{ pids: 10 }, "pids.max"],
      [{ ioReadOpsPerSecond: 10 }, "io.max"],
    ] as const) {
      assert.throws(
        () => applyLimits(`${dir}/job`, limits, DISK),
        (error) =>
          error instanceof JobError &&
          error.code === "HOST_UNSUPPORTED" &&
          error.message.includes(`this kernel has no ${file}`),
      );
    }
  } finally {
    removeGroup(dir);
  }
});

test("a job keeps what it asked for, and what is in effect, with what it used", async () => {
  const limits = { cpuCores: 1, memoryBytes: 64 * MIB + 1, pids: 20, ioReadOpsPerSecond: 500, openFiles: 99 };
  const { requested, inEffect, output, usage } = await runLimited("ulimit -Sn; ulimit -Hn", limits);
  assert.deepEqual(requested, limits);
  assert.deepEqual(inEffect, { ...limits, memoryBytes: 64 * MIB, ioDevice: wholeDisk() });
  assert.equal(output, "99\n99\n");
  const measured = ["cpuMs", "memoryPeakBytes", "ioReadBytes", "oomKills", "pressure", "throttledMs"];
  assert.deepEqual(
    measured.filter((name) => !(name in usage)),
    [],
  );
});

test("a start that is refused for its limits leaves neither name nor group", async () => {
  await using service = await openService();
  const { jobs } = service;
  const refused = { ...sh("refused", "exit 0"), limits: { ioReadOpsPerSecond: 10, ioDevice: "/dev/null" } };
  await assert.rejects(jobs.run(refused), { code: "HOST_UNSUPPORTED" });
  await assert.rejects(jobs.get({ name: "refused" }), { code: "JOB_NOT_FOUND" });
  assert.deepEqual(groups(), []);
});

test("a job that needs more memory than its limit is killed as a whole, and its reason is OOM_KILLED", async () => {
  // The child takes the memory; without memory.oom.group its parent would live on and exit 0.
  const { state, usage } = await runLimited(`(${takeMemory(200)}); exit 0`, { memoryBytes: 32 * MIB });
  assert.equal(state.reason, "OOM_KILLED");
  assert.ok("exitCode" in state && state.exitCode === 137, JSON.stringify(state));
  assert.ok((usage.oomKills ?? 0) >= 1, `oomKills is ${usage.oomKills}`);
  const peak = usage.memoryPeakBytes ?? 0;
  assert.ok(peak > 24 * MIB && peak <= 32 * MIB, `peak is ${peak}`);
});

test("a job below its memory limit is left alone", async () => {
  const { state, usage } = await runLimited(takeMemory(16), { memoryBytes: 64 * MIB });
  assert.equal(state.status, "SUCCEEDED");
  assert.equal(usage.oomKills, 0);
  assert.ok((usage.memoryPeakBytes ?? 0) > 16 * MIB, `peak is ${usage.memoryPeakBytes}`);
});

test("a kill that is not for lack of memory is told from one that is", async () => {
  const { state, usage } = await runLimited("kill -9 $$", { memoryBytes: 32 * MIB });
  assert.equal(state.reason, "SIGNALED");
  assert.equal("signal" in state && state.signal, "SIGKILL");
  assert.equal(usage.oomKills, 0);
});

test("a cpu limit throttles a busy job to its share", async () => {
  const { usage, tookMs } = await runLimited("timeout 3 sh -c 'while :; do :; done'", { cpuCores: 0.2 });
  const share = (usage.cpuMs ?? 0) / tookMs;
  assert.ok((usage.throttledMs ?? 0) > 200, `throttled for ${usage.throttledMs} ms`);
  assert.ok(share < 0.25, `used ${share} cores`);
  const { userMs = 0, systemMs = 0, cpuMs = 0 } = usage;
  assert.ok(Math.abs(userMs + systemMs - cpuMs) < 1, "user and system time make the whole");
});

test("a job without a cpu limit is not throttled", async () => {
  const { usage } = await runLimited("timeout 1 sh -c 'while :; do :; done'", { pids: 10 });
  assert.equal(usage.throttledMs ?? 0, 0);
  assert.ok((usage.cpuMs ?? 0) > 200, `used ${usage.cpuMs} ms`);
});

test("a fork bomb stays within its pids limit, and nothing of it is left", async () => {
  // Only built-ins count the processes: the job itself can hardly fork any more.
  const bomb = `most=0 round=0
    bomb() { bomb & bomb & wait; }
    bomb 2>/dev/null &
    while [ "$most" -le 20 ] && [ "$round" -lt 100000 ]; do
      read now <"$GROUP/pids.current" && [ "$now" -gt "$most" ] && most=$now
      round=$((round + 1))
    done
    echo "$most"; kill -9 $$`;
  const { state, output, usage } = await runLimited(bomb, { pids: 30 });
  assert.equal(state.reason, "SIGNALED");
  const most = Number(output.trim().split("\n").at(-1));
  assert.ok(most > 20 && most <= 30, `there were ${most} processes at a time`);
  assert.equal(usage.processes, 0);
});

test("pids beyond the limit fail to fork", async () => {
  const { output } = await runLimited("sleep 5 & sleep 5 & sleep 5 & echo all", { pids: 3 });
  assert.match(output, /Cannot fork|Resource temporarily unavailable/);
});

test("an io limit slows a direct read of the disk to its rate", async () => {
  writeFileSync(`${DISK}/data`, Buffer.alloc(8 * MIB, 1), { flush: true });
  const read = `dd if=${DISK}/data of=/dev/null bs=64k iflag=direct`;
  const free = await runLimited(read, { ioWriteBytesPerSecond: MIB });
  assert.ok(secondsOf(free) < 2, `without a limit it took ${secondsOf(free)} s`);
  const usage = await assertRate(read, { ioReadBytesPerSecond: 2 * MIB }, 8 * MIB, 2 * MIB);
  assert.ok((usage.ioReadBytes ?? 0) >= 8 * MIB, `ioReadBytes is ${usage.ioReadBytes}`);
  assert.ok((usage.pressure?.io?.someTotalMs ?? 0) > 1_000, "waiting for io shows as pressure");
});

test("an io limit slows writes to its rate, those through the page cache as well when they are synced", async () => {
  const write = `dd if=/dev/zero of=${DISK}/written bs=64k count=64 conv=fsync`;
  const usage = await assertRate(write, { ioWriteBytesPerSecond: MIB }, 4 * MIB, MIB);
  assert.ok((usage.ioWriteBytes ?? 0) >= 4 * MIB, `ioWriteBytes is ${usage.ioWriteBytes}`);
});

test("an operations limit slows small reads to so many a second", async () => {
  const read = `dd if=${DISK}/data of=/dev/null bs=4k count=300 iflag=direct`;
  await assertRate(read, { ioReadOpsPerSecond: 100 }, 300, 100);
});

/**
 * Within 20 percent of the rate. Never beyond it; but a machine that is busy with other things may hold the
 * emulated one up, so that less is believed only the third time.
 */
async function assertRate(dd: string, limits: Limits, amount: number, rate: number): Promise<Usage> {
  const ratios: number[] = [];
  while (ratios.length < 3) {
    const outcome = await runLimited(dd, limits);
    assert.equal(outcome.state.status, "SUCCEEDED", outcome.output);
    const ratio = amount / secondsOf(outcome) / rate;
    ratios.push(ratio);
    assert.ok(ratio < 1.2, `${ratio} times the rate`);
    if (ratio > 0.8) return outcome.usage;
  }
  throw new Error(`${ratios.join(", ")} times the rate`);
}

/** The time that dd itself took, of its last line: "8388608 bytes (8.4 MB, 8.0 MiB) copied, 4.01 s, 2.1 MB/s". */
function secondsOf({ output }: Outcome): number {
  const seconds = Number(/ copied, ([\d.e-]+) s, /.exec(output)?.[1]);
  assert.ok(seconds > 0, output);
  return seconds;
}

/** A script that holds so many MiB at once. */
function takeMemory(mebibytes: number): string {
  return `dd if=/dev/zero of=/dev/null bs=${mebibytes}M count=1`;
}

/** `MAJ:MIN` of the guest's disk. */
function wholeDisk(): string {
  return readFileSync("/sys/block/nvme0n1/dev", "utf8").trim();
}

function emptyGroup(): Disposable & { readonly dir: string; read(file: string): string } {
  const { root = "" } = detectCgroups({ mode: "required" });
  const dir = join(root, "empty");
  assert.ok(!existsSync(dir));
  mkdirSync(dir);
  return {
    dir,
    read: (file) => readFileSync(join(dir, file), "utf8").trim(),
    [Symbol.dispose]: () => void removeGroup(dir),
  };
}
