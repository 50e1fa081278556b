import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, openService, outputOf, runScript, untilOutput } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

test("a generated name says what runs, and two are never the same", async () => {
  await using service = await openService();
  const { jobs } = service;
  const names = new Set<string>();
  for (let i = 0; i < 20; i++) names.add((await jobs.run({ command: "/bin/true", generateName: true })).name);
  expect(names.size).toBe(20);
  for (const name of names) expect(name).toMatch(/^true-[a-z0-9]{5}$/);
  const { name } = await jobs.run({ command: "true", name: "build", generateName: true });
  expect(name).toMatch(/^build-[a-z0-9]{5}$/);
  expect(await errorOf(jobs.run({ command: "true" }))).toMatchObject({ code: "INVALID_INPUT" });
});

test("labels are kept and found by", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "a", command: "true", labels: { team: "red", tier: "1" } });
  await jobs.run({ name: "b", command: "true", labels: { team: "red" } });
  expect((await jobs.get({ name: "a" })).labels).toEqual({ team: "red", tier: "1" });
  const named = async (labels: Record<string, string>) =>
    (await jobs.list({ labels })).jobs.map(({ name }) => name);
  expect(await named({ team: "red" })).toEqual(["b", "a"]);
  expect(await named({ team: "red", tier: "1" })).toEqual(["a"]);
  const error = await errorOf(jobs.run({ name: "c", command: "true", labels: { "": "x", ok: "a\nb" } }));
  expect(error.message).toContain("a label's key must be");
  expect(error.message).toContain("labels.ok must be");
});

test("a dry run checks everything, runs nothing and leaves nothing", async () => {
  using dir = tempDir();
  await using service = await openService();
  const { jobs, stateDir, cgroupRoot } = service;
  const args = ["-c", `echo ran >${dir.path}/ran`];
  expect(await jobs.run({ name: "foo", command: "/bin/sh", args, dryRun: true })).toEqual({
    name: "foo",
    id: "",
    existing: false,
  });
  expect(existsSync(dir.join("ran"))).toBe(false);
  expect((await jobs.list()).jobs).toEqual([]);
  expect(readdirSync(join(stateDir, "jobs"))).toEqual([]);
  if (cgroupRoot !== undefined) expect(existsSync(join(cgroupRoot, "foo"))).toBe(false);
  expect(await errorOf(jobs.run({ name: "foo", command: "no-such", dryRun: true }))).toMatchObject({
    code: "COMMAND_NOT_FOUND",
  });
  await runScript(jobs, "foo", "exit 0");
  expect(await errorOf(jobs.run({ name: "foo", command: "true", dryRun: true }))).toMatchObject({
    code: "NAME_TAKEN",
  });
});

test("ifExists attach gives the job that is there, running or not", async () => {
  await using service = await openService();
  const { jobs } = service;
  const input = {
    name: "foo",
    command: "sleep",
    args: ["1000"],
    createdBy: "alice",
    ifExists: "attach",
  } as const;
  const first = await jobs.run(input);
  expect(first.existing).toBe(false);
  expect(await jobs.run(input)).toEqual({ ...first, existing: true });
  await jobs.stop({ name: "foo", gracePeriodMs: 0 });
  expect(await jobs.run(input)).toEqual({ ...first, existing: true });
});

test("ifExists replace stops and removes the job that is there", async () => {
  await using service = await openService();
  const { jobs } = service;
  const first = await jobs.run({
    name: "foo",
    command: "/bin/sh",
    args: ["-c", "echo old; exec sleep 1000"],
  });
  const second = await jobs.run({ name: "foo", command: "echo", args: ["new"], ifExists: "replace" });
  expect(second).toMatchObject({ name: "foo", existing: false });
  expect(second.id).not.toBe(first.id);
  expect(await outputOf(jobs, "foo")).toBe("new\n");
  expect(await errorOf(jobs.get({ name: "foo", jobId: first.id }))).toMatchObject({ code: "JOB_NOT_FOUND" });
});

test.each(["attach", "replace"] as const)(
  "ifExists %s leaves jobs of others alone, unless one may manage them",
  async (ifExists) => {
    await using service = await openService();
    const { jobs } = service;
    const { id } = await jobs.run({ name: "foo", command: "sleep", args: ["1000"], createdBy: "alice" });
    const input = { name: "foo", command: "true", createdBy: "bob", ifExists };
    expect(await errorOf(jobs.run(input))).toMatchObject({ code: "NAME_TAKEN" });
    expect(await jobs.get({ name: "foo" })).toMatchObject({ id, state: { status: "RUNNING" } });
    expect((await jobs.run({ ...input, mayManage: () => true })).existing).toBe(ifExists === "attach");
  },
);

test("a request that comes again starts nothing new, at the same time, later and after a restart", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("count"), "");
  const input = {
    name: "foo",
    command: "/bin/sh",
    args: ["-c", `echo ran >>${dir.path}/count`],
    createdBy: "alice",
    requestId: "r-1",
  };
  await using service = await openService();
  const { jobs } = service;
  const [first, ...again] = await Promise.all([1, 2, 3].map(() => jobs.run(input)));
  expect(first?.existing).toBe(false);
  for (const output of [...again, await jobs.run(input)])
    expect(output).toMatchObject({ id: first?.id, existing: true });
  await jobs.wait({ name: "foo" });
  expect((await jobs.run(input)).existing).toBe(true);
  expect(readFileSync(dir.join("count"), "utf8")).toBe("ran\n");
  const other = await errorOf(jobs.run({ ...input, command: "true" }));
  expect(other).toMatchObject({
    code: "INVALID_INPUT",
    message: 'requestId must be a new one for another run, got "r-1"',
  });
  // Another tenant's request of that id is another request.
  expect((await jobs.run({ ...input, name: "bar", createdBy: "bob" })).existing).toBe(false);
  // Forgotten with the record.
  await jobs.remove({ name: "foo" });
  expect((await jobs.run(input)).existing).toBe(false);
});

test("a job that runs too long is stopped, and says why it ended", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "slow", command: "sleep", args: ["1000"], timeoutMs: 30 });
  expect((await jobs.wait({ name: "slow" })).state).toMatchObject({
    reason: "TIMED_OUT",
    exitCode: 143,
    signal: "SIGTERM",
  });
  expect((await jobs.wait({ name: "slow" })).state).not.toHaveProperty("causedBy");
});

test("the service's time-out holds for every job, and a job can only shorten it", async () => {
  await using service = await openService({ globalTimeoutMs: 40 });
  const { jobs } = service;
  await jobs.run({ name: "default", command: "sleep", args: ["1000"] });
  await jobs.run({ name: "longer", command: "sleep", args: ["1000"], timeoutMs: 3_600_000 });
  for (const name of ["default", "longer"])
    expect((await jobs.wait({ name })).state).toMatchObject({ reason: "TIMED_OUT" });
});

test("kill mode all sends SIGTERM to every process of the job", async () => {
  await using service = await openService();
  const { jobs } = service;
  const child = "trap 'echo child; exit 0' TERM; echo up; while :; do sleep 0.01; done";
  const script = `sh -c "${child}" & trap 'wait; echo parent; exit 0' TERM; wait; wait`;
  await jobs.run({ name: "family", command: "/bin/sh", args: ["-c", script], killMode: "all" });
  await untilOutput(jobs, "family", "up");
  expect(await jobs.stop({ name: "family" })).toEqual({ status: "SUCCEEDED", exitCode: 0 });
  // The shells also tell which signal ended their sleep.
  expect(await outputOf(jobs, "family")).toMatch(/^up\n(Terminated\n)*child\nparent\n$/);
});

test("open files are limited as asked, soft and hard", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({
    name: "files",
    command: "/bin/sh",
    args: ["-c", "ulimit -Sn; ulimit -Hn"],
    limits: { openFiles: 64 },
  });
  expect(await outputOf(jobs, "files")).toBe("64\n64\n");
  expect(await jobs.get({ name: "files" })).toMatchObject({
    limits: { openFiles: 64 },
    limitsInEffect: { openFiles: 64 },
  });
});

test("a job that may open more files than it was to is not left running", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  // Stands for a shell whose ulimit does not do what it says.
  const shim = readdirSync(stateDir).find((name) => /^supervisor-.*\.sh$/.test(name)) ?? "";
  const path = join(stateDir, shim);
  writeFileSync(path, readFileSync(path, "utf8").replace('ulimit -n "$9"', "ulimit -n 100"));
  const run = jobs.run({ name: "files", command: "sleep", args: ["8642"], limits: { openFiles: 64 } });
  expect(await errorOf(run)).toMatchObject({
    code: "HOST_UNSUPPORTED",
    message: "openFiles of 64 is not enforced: the kernel has 100",
  });
  expect(await errorOf(jobs.get({ name: "files" }))).toMatchObject({ code: "JOB_NOT_FOUND" });
  expect(readdirSync(join(stateDir, "jobs"))).toEqual([]);
});

test("limits that the host cannot enforce are refused, and say what is missing", async () => {
  await using service = await openService({ cgroup: { mode: "off" } });
  const error = await errorOf(
    service.jobs.run({ name: "foo", command: "true", limits: { memoryBytes: 2 ** 26 } }),
  );
  expect(error.code).toBe("HOST_UNSUPPORTED");
  expect(error.message).toContain("memoryBytes");
  expect((await service.jobs.list()).jobs).toEqual([]);
  const invalid = await errorOf(
    service.jobs.run({ name: "foo", command: "true", limits: { cpuCores: -1, pids: 0.5 } }),
  );
  expect(invalid).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringMatching(/cpuCores.*got -1.*pids.*got 0.5/s),
  });
});

test("defaults of the service hold for jobs that ask for nothing, and its caps for all", async () => {
  await using service = await openService({
    limits: { defaults: { openFiles: 100 }, caps: { openFiles: 200 } },
  });
  const { jobs } = service;
  const limits = async (name: string, openFiles?: number) => {
    await jobs.run({ name, command: "true", limits: openFiles === undefined ? {} : { openFiles } });
    return (await jobs.get({ name })).limits;
  };
  expect(await limits("default")).toEqual({ openFiles: 100 });
  expect(await limits("more", 150)).toEqual({ openFiles: 150 });
  expect(await errorOf(limits("too-much", 201))).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("at most 200"),
  });
});
