import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isPopulated } from "../../src/job/cgroup/group.ts";
import { JobError, JobService } from "../../src/job/index.ts";
import { readProcess } from "../../src/job/processes.ts";
import { readIdentity } from "../../src/job/supervisor/identity.ts";
import { crashAgent } from "../helpers/crashing-agent.ts";
import {
  errorOf,
  hasCgroups,
  openService,
  outputOf,
  reopenService,
  untilOutput,
} from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const modes = hasCgroups ? (["auto", "off"] as const) : (["off"] as const);

describe.each(modes)("with cgroups %s", (mode) => {
  test("a job that runs on while its agent is dead is found running, and followed to its end", async () => {
    await using service = await reopenService({ mode });
    using dir = tempDir();
    const script = `echo first; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; echo last; exit 9`;
    const job = { name: "long", command: "/bin/sh", args: ["-c", script] };
    await crashAgent({ ...service.paths, job, actions: ["run"] });
    const jobs = await service.open();
    expect((await jobs.get({ name: "long" })).state.status).toBe("RUNNING");
    await untilOutput(jobs, "long", "first");
    writeFileSync(dir.join("go"), "");
    expect((await jobs.wait({ name: "long" })).state).toMatchObject({
      status: "FAILED",
      reason: "EXITED",
      exitCode: 9,
    });
    expect(await outputOf(jobs, "long")).toBe("first\nlast\n");
  });

  test("a job that ended while its agent was dead keeps its exit code, and leaves no straggler", async () => {
    await using service = await reopenService({ mode });
    using dir = tempDir();
    const script = `setsid sleep 7777 & echo $! >${dir.path}/child; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; exit 5`;
    const job = { name: "short", command: "/bin/sh", args: ["-c", script] };
    await crashAgent({ ...service.paths, job, actions: ["run"] });
    writeFileSync(dir.join("go"), "");
    const [id = ""] = readdirSync(join(service.paths.stateDir, "jobs"));
    const record = join(service.paths.stateDir, "jobs", id, "exit");
    await until(() => readFileSync(record, "utf8") === "   5\n", "the supervisor has recorded the exit");
    const jobs = await service.open();
    expect((await jobs.wait({ name: "short" })).state).toMatchObject({
      status: "FAILED",
      reason: "EXITED",
      exitCode: 5,
    });
    expect(isAlive(Number(readFileSync(dir.join("child"), "utf8")))).toBe(false);
  });

  test("a job whose supervisor was killed as well is LOST, and what was left of it is killed", async () => {
    await using service = await reopenService({ mode });
    const job = { name: "lost", command: "sleep", args: ["8888"] };
    await crashAgent({ ...service.paths, job, actions: ["run"] });
    const identity = identityOf(service.paths.stateDir);
    process.kill(identity.supervisor.pid, "SIGKILL");
    const jobs = await service.open();
    expect((await jobs.wait({ name: "lost" })).state).toMatchObject({ status: "FAILED", reason: "LOST" });
    expect((await jobs.wait({ name: "lost" })).state).not.toHaveProperty("exitCode");
    expect(isAlive(identity.jobPid ?? 0)).toBe(false);
  });

  test("an adopted job whose supervisor is killed later is LOST too", async () => {
    await using service = await reopenService({ mode });
    await crashAgent({
      ...service.paths,
      job: { name: "lost", command: "sleep", args: ["8889"] },
      actions: ["run"],
    });
    const jobs = await service.open();
    const identity = identityOf(service.paths.stateDir);
    process.kill(identity.supervisor.pid, "SIGKILL");
    expect((await jobs.wait({ name: "lost" })).state).toMatchObject({ reason: "LOST" });
    expect(isAlive(identity.jobPid ?? 0)).toBe(false);
  });

  test("a job whose directory is damaged is LOST, and told of, and does not keep the agent from starting", async () => {
    await using service = await reopenService({ mode });
    const { stateDir } = service.paths;
    const job = { name: "damaged", command: "sleep", args: ["8890"] };
    await crashAgent({ ...service.paths, job, actions: ["run"] });
    const { supervisor, jobPid = 0 } = identityOf(stateDir);
    const [id = ""] = readdirSync(join(stateDir, "jobs"));
    rmSync(join(stateDir, "jobs", id, "pid"));
    mkdirSync(join(stateDir, "jobs", id, "pid"));
    const jobs = await service.open();
    expect((await jobs.wait({ name: "damaged" })).state).toMatchObject({ reason: "LOST" });
    expect(isAlive(jobPid)).toBe(false);
    await until(() => !isAlive(supervisor.pid), "its supervisor has ended with it");
    expect(service.backgroundErrors.map(({ message }) => message)).toEqual([
      "job damaged: who its supervisor is cannot be read",
    ]);
  });

  test("an adopted job can be stopped", async () => {
    await using service = await reopenService({ mode });
    const script = "trap 'exit 3' TERM; echo up; while :; do sleep 0.01; done";
    const job = { name: "stoppable", command: "/bin/sh", args: ["-c", script] };
    await crashAgent({ ...service.paths, job, actions: ["run"] });
    const jobs = await service.open();
    await untilOutput(jobs, "stoppable", "up");
    expect(await jobs.stop({ name: "stoppable" })).toEqual({ status: "FAILED", exitCode: 3 });
  });

  // Every step of a start, from the reservation of the name to the record of the running job.
  const starts = ["insert:1", "spawn:2", "update:1"].flatMap((step) => [`${step}:before`, `${step}:after`]);

  test.each(starts)("an agent killed at %s of a start runs the command once or not at all", async (step) => {
    await using service = await reopenService({ mode });
    using dir = tempDir();
    const script = `echo ran >>${dir.path}/runs; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; exit 4`;
    const job = { name: "once", command: "/bin/sh", args: ["-c", script] };
    await crashAgent({ ...service.paths, step, job, actions: ["run"] });
    const jobs = await service.open();
    const found = await jobs.get({ name: "once" }).catch((error: JobError) => error);
    if (found instanceof JobError) {
      expect(found.code).toBe("JOB_NOT_FOUND");
      await expectNothingLeft(service.paths);
      // A shim that comes late must not run it either: the name is free, and its own run is the only one.
      await jobs.run(job);
    }
    writeFileSync(dir.join("go"), "");
    const { state } = await jobs.wait({ name: "once" });
    expect(state).toMatchObject({ reason: "EXITED", exitCode: 4 });
    expect(readFileSync(dir.join("runs"), "utf8")).toBe("ran\n");
  });

  test("a job whose host went down while it was being started is LOST, not forgotten", async () => {
    await using service = await reopenService({ mode });
    await crashAgent({
      ...service.paths,
      step: "insert:1:after",
      job: { name: "torn", command: "true" },
      actions: ["run"],
    });
    const database = new Database(join(service.paths.stateDir, "lpr.db"));
    // What another run of the kernel would have written.
    database.run("UPDATE jobs SET record = json_set(record, '$.bootId', 'another')");
    database.close();
    const jobs = await service.open();
    expect((await jobs.wait({ name: "torn" })).state).toMatchObject({ status: "FAILED", reason: "LOST" });
    expect(jobs.adopted).toEqual({ running: 0, ended: 0, lost: 1 });
  });

  // The first write of a stop is its intent, the second the end of the job.
  const stops = ["update:2:before", "update:2:after", "update:3:before", "update:3:after"];

  test.each(stops)(
    "an agent killed at %s of a stop still ends the job, and remembers who stopped it",
    async (step) => {
      await using service = await reopenService({ mode });
      const job = {
        name: "stubborn",
        command: "/bin/sh",
        args: ["-c", "trap '' TERM; while :; do sleep 0.01; done"],
      };
      await crashAgent({ ...service.paths, step, job, actions: ["run", "stop"] });
      const jobs = await service.open();
      // Killed before the intent was on disk, the stop was never acknowledged: the job runs on.
      if (step === "update:2:before")
        await jobs.stop({ name: "stubborn", gracePeriodMs: 0, causedBy: "bob" });
      expect((await jobs.wait({ name: "stubborn" })).state).toMatchObject({
        reason: "STOPPED",
        causedBy: "bob",
      });
    },
  );

  test.each(["delete:1:before", "delete:1:after"])(
    "an agent killed at %s of a removal leaves all or nothing",
    async (step) => {
      await using service = await reopenService({ mode });
      const job = { name: "old", command: "echo", args: ["kept"] };
      await crashAgent({ ...service.paths, step, job, actions: ["run", "wait", "remove"] });
      const jobs = await service.open();
      if (step.endsWith("before")) expect(await outputOf(jobs, "old")).toBe("kept\n");
      else {
        expect(await errorOf(jobs.get({ name: "old" }))).toMatchObject({ code: "JOB_NOT_FOUND" });
        await expectNothingLeft(service.paths);
      }
    },
  );
});

test.if(hasCgroups)("a job whose agent died while it signalled all of it goes on", async () => {
  await using service = await reopenService({ mode: "auto" });
  const { cgroupRoot = "", stateDir } = service.paths;
  using dir = tempDir();
  const script = `while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; exit 4`;
  await crashAgent({
    ...service.paths,
    job: { name: "stiff", command: "/bin/sh", args: ["-c", script] },
    actions: ["run"],
  });
  // As far as that agent came; the supervisor it had moved out before.
  writeFileSync(
    join(cgroupRoot, "lpr.supervisors/cgroup.procs"),
    String(identityOf(stateDir).supervisor.pid),
  );
  writeFileSync(join(cgroupRoot, "stiff/cgroup.freeze"), "1");
  writeFileSync(dir.join("go"), "");
  const jobs = await service.open();
  expect((await jobs.wait({ name: "stiff" })).state).toMatchObject({ reason: "EXITED", exitCode: 4 });
});

test("what lies among the jobs and is none of them stays there", async () => {
  await using service = await reopenService({ mode: "off" });
  const jobsDir = join(service.paths.stateDir, "jobs");
  mkdirSync(join(jobsDir, "lost+found"), { recursive: true });
  mkdirSync(join(jobsDir, crypto.randomUUID()));
  writeFileSync(join(jobsDir, "notes"), "");
  await service.open();
  expect(readdirSync(jobsDir).sort()).toEqual(["lost+found", "notes"]);
});

test("a time-out that passes while the agent is dead is kept as soon as there is one again", async () => {
  await using service = await reopenService({ mode: "auto" });
  const job = { name: "slow", command: "sleep", args: ["6666"], timeoutMs: 300 };
  await crashAgent({ ...service.paths, job, actions: ["run"] });
  const jobs = await service.open();
  expect((await jobs.wait({ name: "slow" })).state).toMatchObject({ reason: "TIMED_OUT", exitCode: 143 });
});

test.if(hasCgroups)("a cgroup of the job's name that is not the job's is left alone", async () => {
  await using service = await reopenService({ mode: "auto" });
  const { cgroupRoot = "" } = service.paths;
  await crashAgent({
    ...service.paths,
    job: { name: "old", command: "sleep", args: ["6667"] },
    actions: ["run"],
  });
  const { supervisor, jobPid = 0 } = identityOf(service.paths.stateDir);
  for (const pid of [supervisor.pid, jobPid]) process.kill(pid, "SIGKILL");
  const group = join(cgroupRoot, "old");
  await until(() => !isPopulated(group), "the job's own cgroup is empty");
  // Something else of that name: kept open, so that its inode cannot be the old one's.
  mkdirSync(join(cgroupRoot, "placeholder"));
  rmdirSync(group);
  mkdirSync(group);
  rmdirSync(join(cgroupRoot, "placeholder"));
  const stranger = Bun.spawn(["sleep", "6668"]);
  writeFileSync(join(group, "cgroup.procs"), String(stranger.pid));
  const jobs = await service.open();
  expect((await jobs.wait({ name: "old" })).state).toMatchObject({ reason: "LOST" });
  expect(isAlive(stranger.pid)).toBe(true);
  stranger.kill("SIGKILL");
  await stranger.exited;
});

test("after a reboot running jobs are LOST, also when their pids are somebody else's now", async () => {
  await using service = await reopenService({ mode: "off" });
  await crashAgent({
    ...service.paths,
    job: { name: "before", command: "sleep", args: ["9999"] },
    actions: ["run"],
  });
  const identity = identityOf(service.paths.stateDir);
  const [id = ""] = readdirSync(join(service.paths.stateDir, "jobs"));
  const path = join(service.paths.stateDir, "jobs", id, "pid");
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(/^boot .*/, `boot ${crypto.randomUUID()}`).replace(/^job .*/m, `job ${process.pid}`),
  );
  const jobs = await service.open();
  expect((await jobs.wait({ name: "before" })).state).toMatchObject({ reason: "LOST" });
  // It was not really rebooted, so the mark finds what is left; this process is none of the job's.
  expect(isAlive(identity.jobPid ?? 0)).toBe(false);
});

test("a second service on the same state directory or cgroup root is refused, until the first is gone", async () => {
  await using service = await openService();
  const { stateDir, cgroupRoot } = service;
  await using other = await reopenService({ mode: "off", stateDir });
  expect(await errorOf(other.open())).toMatchObject({
    code: "HOST_UNSUPPORTED",
    message: `another agent is using the state directory ${stateDir}`,
  });
  if (cgroupRoot !== undefined) {
    await using third = await reopenService({ mode: "auto", cgroupRoot });
    expect(await errorOf(third.open())).toMatchObject({
      message: `another agent is using the cgroup root ${cgroupRoot}`,
    });
  }
  await service.jobs.close();
  await other.open();
});

test("a second service in the same process is refused as well, and takes no lock away from the first", async () => {
  await using service = await openService();
  const { stateDir, cgroupRoot } = service;
  for (const cgroup of [{ mode: "off" } as const, { root: cgroupRoot }]) {
    expect(await errorOf(JobService.open({ stateDir, cgroup }))).toMatchObject({ code: "HOST_UNSUPPORTED" });
  }
  const job = { name: "second", command: "true" };
  const elsewhere = crashAgent({ stateDir, cgroupRoot: undefined, job, actions: ["run"] });
  expect((await errorOf(elsewhere)).message).toContain(
    `another agent is using the state directory ${stateDir}`,
  );
});

interface Paths {
  readonly stateDir: string;
  readonly cgroupRoot: string | undefined;
}

function identityOf(stateDir: string) {
  const [id = ""] = readdirSync(join(stateDir, "jobs"));
  const identity = readIdentity(join(stateDir, "jobs", id));
  if (typeof identity !== "object") throw new Error("the shim has told who it is");
  return identity;
}

async function expectNothingLeft({ stateDir, cgroupRoot }: Paths): Promise<void> {
  expect(readdirSync(join(stateDir, "jobs"))).toEqual([]);
  if (cgroupRoot !== undefined && existsSync(cgroupRoot)) {
    const groups = readdirSync(cgroupRoot, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(groups.map(({ name }) => name).filter((name) => name !== "lpr.supervisors")).toEqual([]);
  }
}

function isAlive(pid: number): boolean {
  const state = readProcess(pid)?.state;
  return state !== undefined && state !== "Z" && state !== "X";
}
