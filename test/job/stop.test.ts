import { describe, expect, test } from "bun:test";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { openFilesOf } from "../../src/job/cgroup/open-files.ts";
import { listProcesses, readProcess } from "../../src/job/processes.ts";
import { commandLine } from "../helpers/command-line.ts";
import { errorOf, hasCgroups, openService, runScript, untilOutput } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

const modes = hasCgroups ? (["auto", "off"] as const) : (["off"] as const);

describe.each(modes)("with cgroups %s", (mode) => {
  const open = () => openService({ cgroup: { mode } });

  test("stop lets the main process end by itself on SIGTERM", async () => {
    await using service = await open();
    const { jobs } = service;
    const script = "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.01; done";
    await jobs.run({ name: "polite", command: "/bin/sh", args: ["-c", script] });
    await untilOutput(jobs, "polite", "up");
    expect(await jobs.stop({ name: "polite", causedBy: "bob" })).toEqual({ status: "FAILED", exitCode: 7 });
    expect((await jobs.get({ name: "polite" })).state).toMatchObject({
      reason: "STOPPED",
      causedBy: "bob",
      exitCode: 7,
    });
  });

  test("stop kills a job that ignores SIGTERM after the grace period, and everything it started", async () => {
    await using service = await open();
    const { jobs, cgroupRoot } = service;
    // A child, a grandchild in a session of its own, and one that is orphaned; all ignore SIGTERM.
    // Of this test alone, also where others run it on the same host.
    const seconds = `1111.${process.pid}`;
    const script = `trap '' TERM; t=${seconds}
      sleep $t & setsid sleep $t & ( setsid sh -c "sleep $t & echo daemon; exit" ); echo up; wait`;
    await jobs.run({ name: "stubborn", command: "/bin/sh", args: ["-c", script] });
    await untilOutput(jobs, "stubborn", "up");
    const before = await until(() => {
      const found = sleepers(seconds);
      return found.length >= 3 ? found : undefined;
    }, "the three sleepers run");
    expect(await jobs.stop({ name: "stubborn", gracePeriodMs: 50 })).toEqual({
      status: "FAILED",
      exitCode: 137,
    });
    expect(before.filter((pid) => alive(pid))).toEqual([]);
    if (cgroupRoot !== undefined) expect(existsSync(join(cgroupRoot, "stubborn"))).toBe(false);
  });

  test("a job that ends by itself leaves no process behind either", async () => {
    await using service = await open();
    const { jobs } = service;
    const { output } = await runScript(
      jobs,
      "parent",
      "setsid sh -c 'echo $$; exec sleep 4444' & sleep 0.1; exit 5",
    );
    const child = Number(output);
    expect(child).toBeGreaterThan(1);
    expect(alive(child)).toBe(false);
    expect((await jobs.get({ name: "parent" })).state).toMatchObject({ reason: "EXITED", exitCode: 5 });
  });

  test("grace period 0 kills at once", async () => {
    await using service = await open();
    const script = "trap 'echo asked' TERM; echo up; while :; do sleep 0.01; done";
    await service.jobs.run({ name: "now", command: "/bin/sh", args: ["-c", script] });
    await untilOutput(service.jobs, "now", "up");
    expect(await service.jobs.stop({ name: "now", gracePeriodMs: 0 })).toEqual({
      status: "FAILED",
      exitCode: 137,
    });
    expect((await service.jobs.get({ name: "now" })).logBytes).toBe("up\n".length);
  });

  test("a second stop with a shorter grace period hurries the first", async () => {
    await using service = await open();
    const { jobs } = service;
    await jobs.run({
      name: "slow",
      command: "/bin/sh",
      args: ["-c", "trap '' TERM; echo up; while :; do sleep 0.01; done"],
    });
    await untilOutput(jobs, "slow", "up");
    const first = jobs.stop({ name: "slow", gracePeriodMs: 3_600_000, causedBy: "first" });
    expect(await jobs.stop({ name: "slow", gracePeriodMs: 0, causedBy: "second" })).toMatchObject({
      exitCode: 137,
    });
    expect(await first).toMatchObject({ exitCode: 137 });
    expect((await jobs.get({ name: "slow" })).state).toMatchObject({ causedBy: "first" });
  });

  test("a supervisor that somebody has stopped does not keep a job from being stopped", async () => {
    await using service = await open();
    const { jobs } = service;
    await jobs.run({ name: "held", command: "sleep", args: ["5556"] });
    const { state } = await jobs.get({ name: "held" });
    const supervisor = readProcess(state.status === "RUNNING" ? state.pid : 0)?.parent ?? 0;
    process.kill(supervisor, "SIGSTOP");
    expect(await jobs.stop({ name: "held", gracePeriodMs: 50 })).toEqual({ status: "FAILED", exitCode: 143 });
  });

  test("a kill for which there are no descriptors left is tried again", async () => {
    const service = await open();
    const { jobs, backgroundErrors } = service;
    const script = "trap 'echo asked' TERM; echo up; while :; do sleep 0.01; done";
    await jobs.run({ name: "spared", command: "/bin/sh", args: ["-c", script] });
    await untilOutput(jobs, "spared", "up");
    // Time enough to use up the descriptors between the two signals.
    const stopping = jobs.stop({ name: "spared", gracePeriodMs: 1_000 });
    await untilOutput(jobs, "spared", "asked");
    {
      using _ = noDescriptors();
      await until(
        () => backgroundErrors.some(({ message }) => message === "job spared: SIGKILL cannot be sent"),
        "the kill has failed",
      );
    }
    expect(await stopping).toEqual({ status: "FAILED", exitCode: 137 });
    const told = backgroundErrors.splice(0).map(({ message }) => message);
    expect(new Set(told).size).toBe(told.length);
    await service[Symbol.asyncDispose]();
  });

  test("a supervisor that is killed costs the exit code, and nothing of the job is left", async () => {
    await using service = await open();
    const { jobs } = service;
    await jobs.run({ name: "orphan", command: "sleep", args: ["5555"] });
    const { state } = await jobs.get({ name: "orphan" });
    const pid = state.status === "RUNNING" ? state.pid : 0;
    const supervisor = readProcess(pid)?.parent ?? 0;
    expect(supervisor).toBeGreaterThan(1);
    process.kill(supervisor, "SIGKILL");
    expect((await jobs.wait({ name: "orphan" })).state).toMatchObject({ status: "FAILED", reason: "LOST" });
    expect(alive(pid)).toBe(false);
  });
});

test("a supervisor withstands the signals of a terminal", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "calm", command: "/bin/sh", args: ["-c", "echo up; sleep 0.2; exit 9"] });
  const { state } = await jobs.get({ name: "calm" });
  const supervisor = readProcess(state.status === "RUNNING" ? state.pid : 0)?.parent ?? 0;
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.kill(supervisor, signal);
  expect((await jobs.wait({ name: "calm" })).state).toMatchObject({ reason: "EXITED", exitCode: 9 });
});

test("stopping a finished job returns its final state", async () => {
  await using service = await openService();
  await runScript(service.jobs, "done", "exit 4");
  expect(await service.jobs.stop({ name: "done" })).toEqual({ status: "FAILED", exitCode: 4 });
  expect((await service.jobs.get({ name: "done" })).state).toMatchObject({ reason: "EXITED" });
});

test("stop goes on when its caller goes away", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({
    name: "left",
    command: "/bin/sh",
    args: ["-c", "trap 'sleep 0.1; exit 6' TERM; echo up; while :; do sleep 0.01; done"],
  });
  await untilOutput(jobs, "left", "up");
  const caller = new AbortController();
  const stopping = errorOf(jobs.stop({ name: "left" }, { signal: caller.signal }));
  caller.abort();
  expect(await stopping).toMatchObject({ code: "CANCELLED" });
  expect((await jobs.wait({ name: "left" })).state).toMatchObject({ reason: "STOPPED", exitCode: 6 });
});

test("stop refuses what it does not know, and lists every problem", async () => {
  await using service = await openService();
  const { jobs } = service;
  await runScript(jobs, "foo", "exit 0");
  expect(await errorOf(jobs.stop({ name: "bar" }))).toMatchObject({ code: "JOB_NOT_FOUND" });
  expect(await errorOf(jobs.stop({ name: "foo", jobId: "another" }))).toMatchObject({
    code: "JOB_NOT_FOUND",
  });
  const error = await errorOf(jobs.stop({ name: "a/b", gracePeriodMs: -5 }));
  expect(error.code).toBe("INVALID_INPUT");
  expect(error.message).toContain('got "a/b"');
  expect(error.message).toContain("gracePeriodMs must be an integer from 0 to 86400000, got -5");
});

function sleepers(seconds: string): number[] {
  return listProcesses()
    .filter(({ pid }) => commandLine(pid) === `sleep ${seconds}`)
    .map(({ pid }) => pid);
}

function alive(pid: number): boolean {
  const state = readProcess(pid)?.state;
  return state !== undefined && state !== "Z" && state !== "X";
}

/** Leaves this process without descriptors, until it is disposed. */
function noDescriptors(): Disposable {
  const limit = openFilesOf(process.pid)?.soft ?? Number.NaN;
  // There may be a million.
  allowOpenFiles(1024);
  const opened: number[] = [];
  for (let full = false; !full; ) {
    try {
      opened.push(openSync("/dev/null", "r"));
    } catch {
      full = true;
    }
  }
  return {
    [Symbol.dispose]: () => {
      for (const descriptor of opened) closeSync(descriptor);
      allowOpenFiles(limit);
    },
  };
}

function allowOpenFiles(soft: number): void {
  const { exitCode } = Bun.spawnSync(["prlimit", `--pid=${process.pid}`, `--nofile=${soft}:`]);
  expect(exitCode).toBe(0);
}
