import { afterEach, expect, spyOn, test } from "bun:test";
import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isAlive, listProcesses } from "../../src/job/processes.ts";
import { SqliteStore } from "../../src/job/store/sqlite.ts";
import { giveUpStart } from "../../src/job/supervisor/identity.ts";
import { installShim } from "../../src/job/supervisor/shim.ts";
import { startSupervisor } from "../../src/job/supervisor/start.ts";
import { findTools } from "../../src/job/supervisor/tools.ts";
import { commandLine } from "../helpers/command-line.ts";
import { crashAgent } from "../helpers/crashing-agent.ts";
import {
  errorOf,
  hasCgroups,
  isRoot,
  openService,
  outputOf,
  reopenService,
  untilOutput,
} from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

// A store on a disk that is full for a while: the real one, with some of its calls failing.
let restore: (() => void) | undefined;
afterEach(() => restore?.());

function failing(method: "update" | "delete" | "flush", calls: number): void {
  const original = SqliteStore.prototype[method] as (...args: unknown[]) => Promise<void>;
  let left = calls;
  const spy = spyOn(SqliteStore.prototype, method).mockImplementation(function (
    this: SqliteStore,
    ...args: unknown[]
  ) {
    if (left-- > 0) return Promise.reject(new Error("database or disk is full"));
    return original.apply(this, args);
  });
  restore = () => spy.mockRestore();
}

test.each(["update", "flush"] as const)(
  "an end that cannot be recorded, as %s fails, is as soon as it can, and told of once",
  async (method) => {
    const service = await openService();
    const { jobs, backgroundErrors } = service;
    await jobs.run({ name: "foo", command: "sh", args: ["-c", "echo up; sleep 0.2; exit 3"] });
    await untilOutput(jobs, "foo", "up");
    failing(method, 3);
    expect((await jobs.wait({ name: "foo" })).state).toMatchObject({ reason: "EXITED", exitCode: 3 });
    expect(backgroundErrors.splice(0).map(({ message }) => message)).toEqual([
      "job foo: its end cannot be recorded yet",
    ]);
    await service[Symbol.asyncDispose]();
  },
);

test("a failed start frees its name as soon as that can be recorded", async () => {
  const service = await openService();
  const { jobs, backgroundErrors } = service;
  failing("delete", 2);
  expect(await errorOf(jobs.run({ name: "foo", command: "no-such" }))).toMatchObject({
    code: "COMMAND_NOT_FOUND",
  });
  expect((await jobs.run({ name: "foo", command: "true" })).existing).toBe(false);
  expect(backgroundErrors.splice(0)).toHaveLength(1);
  await service[Symbol.asyncDispose]();
});

test("a command whose start cannot be recorded does not run on, and ends up on record", async () => {
  const service = await openService();
  const { jobs, backgroundErrors } = service;
  failing("update", 1);
  expect((await errorOf(jobs.run({ name: "foo", command: "sleep", args: ["1000"] }))).message).toContain(
    "full",
  );
  const job = await until(() => jobs.get({ name: "foo" }).catch(() => undefined), "the end is recorded");
  expect(job.state).toMatchObject({ status: "FAILED", reason: "STOPPED" });
  backgroundErrors.splice(0);
  await service[Symbol.asyncDispose]();
});

test("a command whose start cannot be brought to the disk does not run on, and its name is free", async () => {
  await using service = await openService();
  const { jobs } = service;
  failing("flush", 1);
  const input = { name: "foo", command: "sleep", args: ["1000"] };
  expect((await errorOf(jobs.run(input))).message).toContain("full");
  expect((await jobs.run(input)).existing).toBe(false);
});

test("replacements of one name at the same time take their turns", async () => {
  await using service = await openService();
  const { jobs } = service;
  const input = { name: "foo", command: "sleep", args: ["1000"], ifExists: "replace" } as const;
  const outputs = await Promise.all([1, 2, 3, 4].map(() => jobs.run(input)));
  expect(new Set(outputs.map(({ id }) => id)).size).toBe(4);
  expect((await jobs.list()).jobs).toHaveLength(1);
  const attached = await Promise.all(
    [1, 2, 3].map(() => jobs.run({ ...input, name: "bar", ifExists: "attach" })),
  );
  expect(new Set(attached.map(({ id }) => id)).size).toBe(1);
  expect(attached.filter(({ existing }) => !existing)).toHaveLength(1);
});

test("a dry run does not take the name from a real one", async () => {
  await using service = await openService();
  const { jobs } = service;
  const input = { name: "foo", command: "true" };
  const [dry, real] = await Promise.all(
    [jobs.run({ ...input, dryRun: true }), jobs.run(input)].map((run) => run.catch(String)),
  );
  expect(real).toMatchObject({ name: "foo", existing: false });
  // First or second, it is one of the two things that it can find.
  expect([
    { name: "foo", id: "", existing: false },
    'JobError: there is a job named "foo" already',
  ]).toContainEqual(dry as never);
});

test("a dry run that its agent did not survive leaves nothing, and no success that never was", async () => {
  for (const step of ["spawn:2:after", "delete:1:before"]) {
    await using service = await reopenService({ mode: "auto" });
    const job = { name: "dry", command: "true", dryRun: true };
    await crashAgent({ ...service.paths, step, job, actions: ["run"] });
    const jobs = await service.open();
    expect((await jobs.list()).jobs).toEqual([]);
    expect(readdirSync(join(service.paths.stateDir, "jobs"))).toEqual([]);
  }
});

test.if(isRoot)(
  "a start that does not come to its command is given up, and its supervisor killed",
  async () => {
    using dir = tempDir();
    // As if the job's account had stopped our shell before it became the command.
    const script = '#!/bin/sh\n[ "$1" = -s ] && exec sleep 7321\nexec /bin/sh "$@"\n';
    writeFileSync(dir.join("sh"), script, { mode: 0o755 });
    chmodSync(dir.path, 0o755);
    const caller = new AbortController();
    const account = { uid: 70_000, gid: 70_000, name: "lpr-70000", home: "/", shell: "/bin/sh" };
    const starting = errorOf(
      startSupervisor({
        ...{ jobDir: dir.join("job"), shim: installShim(dir.path), cgroup: undefined, workingDir: "/" },
        ...{ command: "true", args: [], env: new Map([["PATH", "/bin"]]), signal: caller.signal },
        tools: { ...findTools(), sh: dir.join("sh") },
        account,
      }),
    );
    const stopped = await until(
      () => listProcesses().find(({ pid }) => commandLine(pid) === "sleep 7321"),
      "the shell is held up",
    );
    caller.abort();
    expect(await starting).toMatchObject({
      code: "INTERNAL",
      message: expect.stringContaining("did not begin in time"),
    });
    expect(listProcesses().filter(({ pid }) => pid === stopped.parent)).toEqual([]);
    process.kill(stopped.pid, "SIGKILL");
    await until(() => !isAlive(stopped), "the fixture is gone");
  },
);

test("giving a start up twice is giving it up", () => {
  using dir = tempDir();
  expect(giveUpStart(dir.path)).toBe(true);
  expect(giveUpStart(dir.path)).toBe(true);
  writeFileSync(dir.join("pid"), "boot x\n");
  expect(giveUpStart(dir.path)).toBe(false);
});

test.if(isRoot && hasCgroups)("stop kills a main process that root has moved out of its cgroup", async () => {
  await using service = await openService();
  const { jobs, cgroupRoot = "" } = service;
  const script = `trap '' TERM; echo $$ >${dirname(cgroupRoot)}/cgroup.procs; echo out; while :; do sleep 0.01; done`;
  await jobs.run({ name: "escaped", command: "/bin/sh", args: ["-c", script] });
  await untilOutput(jobs, "escaped", "out");
  expect(await jobs.stop({ name: "escaped", gracePeriodMs: 0 })).toMatchObject({ exitCode: 137 });
});

test("a job's own name and id for it cannot be taken away by its environment", async () => {
  await using service = await openService({ cgroup: { mode: "off" } });
  const env = ["LPR_JOB_ID=other", "LPR_JOB_NAME=other"];
  const { id } = await service.jobs.run({
    name: "foo",
    command: "sh",
    args: ["-c", "echo $LPR_JOB_ID $LPR_JOB_NAME"],
    env,
  });
  expect(await outputOf(service.jobs, "foo")).toBe(`${id} foo\n`);
});
