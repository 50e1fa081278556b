import { expect, test } from "bun:test";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JobService } from "../../src/job/index.ts";
import { crashAgent } from "../helpers/crashing-agent.ts";
import { errorOf, outputOf, reopenService } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** A file system of so many MiB, where this account may make one. */
function smallDisk(mib: number) {
  const dir = tempDir();
  const mount = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", `size=${mib}m,mode=700`, "tmpfs", dir.path]);
  return {
    path: dir.path,
    mounted: mount.exitCode === 0,
    [Symbol.dispose]: () => {
      if (mount.exitCode === 0) Bun.spawnSync(["umount", "-l", dir.path]);
      dir[Symbol.dispose]();
    },
  };
}

function canMount(): boolean {
  using disk = smallDisk(1);
  return disk.mounted;
}

test.if(canMount())(
  "on a full disk jobs get the error, their ends are kept, and no more are started",
  async () => {
    using disk = smallDisk(8);
    const errors: Error[] = [];
    const jobs = await JobService.open({
      stateDir: disk.path,
      cgroup: { mode: "off" },
      onBackgroundError: (error) => errors.push(error),
    });
    // A job that fills the disk, and tells how it got on in its exit code.
    const script = "cat /dev/zero 2>/dev/null; exit 42";
    await jobs.run({ name: "greedy", command: "/bin/sh", args: ["-c", script] });
    const { state, logBytes, id } = await jobs.wait({ name: "greedy" });
    expect(state).toMatchObject({ status: "FAILED", exitCode: 42 });
    expect(logBytes).toBeGreaterThan(1_000_000);
    expect(readFileSync(join(disk.path, "jobs", id, "exit"), "utf8")).toBe("  42\n");

    const refused = await errorOf(jobs.run({ name: "next", command: "true" }));
    expect(refused).toMatchObject({ code: "DISK_FULL", hint: expect.stringContaining("lpr job rm") });
    expect(errors.map(({ message }) => message)).toContain(`no space is left for ${disk.path}`);
    const told = errors.length;
    await errorOf(jobs.run({ name: "next", command: "true" }));
    expect(errors).toHaveLength(told);
    // What there is can be read, and removed: then there is room again.
    let bytes = 0;
    for await (const { output } of jobs.streamLogs({ name: "greedy" })) bytes += output.length;
    expect(bytes).toBe(statSync(join(disk.path, "jobs", id, "output.log")).size);
    await jobs.remove({ name: "greedy" });
    await jobs.run({ name: "next", command: "echo", args: ["fine"] });
    expect(await outputOf(jobs, "next")).toBe("fine\n");

    // The same again when somebody else fills it.
    writeFileSync(join(disk.path, "ballast"), "");
    Bun.spawnSync(["dd", "if=/dev/zero", `of=${disk.path}/ballast`, "bs=64K"], { stderr: "ignore" });
    expect(await errorOf(jobs.run({ name: "last", command: "true" }))).toMatchObject({ code: "DISK_FULL" });
    expect(errors.filter(({ message }) => message.startsWith("no space"))).toHaveLength(2);
    rmSync(join(disk.path, "ballast"));
    await jobs.shutdown();
  },
);

test.if(canMount())("jobs can be removed from a disk without a single block left", async () => {
  using disk = smallDisk(8);
  const jobs = await JobService.open({ stateDir: disk.path, cgroup: { mode: "off" } });
  const names = Array.from({ length: 20 }, (_, index) => `job-${index}`);
  for (const name of names) {
    await jobs.run({ name, command: "/bin/sh", args: ["-c", "head -c 8192 /dev/zero"] });
    await jobs.wait({ name });
  }
  Bun.spawnSync(["dd", "if=/dev/zero", `of=${disk.path}/ballast`, "bs=4K"], { stderr: "ignore" });
  const audit = { tenant: "alice", role: "user", fingerprint: "", address: "", action: "Remove", detail: "" };
  for (const name of names) await jobs.remove({ name, audit });
  expect((await jobs.list()).jobs).toEqual([]);
  expect((await jobs.audit()).entries).toHaveLength(names.length);
  await jobs.shutdown();
});

test.if(canMount())("an agent that died in the midst of a start is there again on a full disk", async () => {
  using disk = smallDisk(8);
  const logs = { maxBytes: 65_536 };
  await using service = await reopenService({ mode: "off", stateDir: disk.path, logs });
  const job = { name: "torn", command: "true" };
  await crashAgent({ ...service.paths, step: "insert:1:after", job, actions: ["run"] });
  Bun.spawnSync(["dd", "if=/dev/zero", `of=${disk.path}/ballast`, "bs=4K"], { stderr: "ignore" });
  const jobs = await service.open();
  expect((await jobs.list()).jobs).toEqual([]);
  expect(readdirSync(join(disk.path, "jobs"))).toEqual([]);
  // That their logs keep to their size is what such a disk needs most.
  expect(jobs.unboundedLogs).toBeUndefined();
  rmSync(join(disk.path, "ballast"));
  await jobs.run(job);
  expect((await jobs.wait(job)).state.status).toBe("SUCCEEDED");
});

test.if(canMount())("a file system that does not count its blocks is not taken for a full one", async () => {
  using dir = tempDir();
  const mount = Bun.spawnSync(["mount", "-t", "ramfs", "-o", "mode=700", "ramfs", dir.path]);
  expect(mount.exitCode).toBe(0);
  try {
    const jobs = await JobService.open({ stateDir: dir.path, cgroup: { mode: "off" } });
    await jobs.run({ name: "foo", command: "echo", args: ["fine"] });
    expect(await outputOf(jobs, "foo")).toBe("fine\n");
    // Nor does it know holes: nobody is promised that the log will be small.
    expect((await jobs.get({ name: "foo" })).maxLogBytes).toBeUndefined();
    expect(jobs.unboundedLogs).toContain("no hole can be punched");
    const small = jobs.run({ name: "small", command: "true", maxLogBytes: 65_536 });
    expect(await errorOf(small)).toMatchObject({ code: "HOST_UNSUPPORTED" });
    await jobs.shutdown();
    const asked = JobService.open({
      ...{ stateDir: dir.path, cgroup: { mode: "off" } },
      logs: { maxBytes: 65_536 },
    });
    expect(await errorOf(asked)).toMatchObject({
      code: "HOST_UNSUPPORTED",
      hint: expect.stringContaining("ext4"),
    });
  } finally {
    Bun.spawnSync(["umount", "-l", dir.path]);
  }
});
