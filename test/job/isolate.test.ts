/** Jobs with namespaces of their own, on the real kernel. */
import { describe, expect, test } from "bun:test";
import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { JobService, OwnedRunInput } from "../../src/job/index.ts";
import { isAlive, listProcesses, readProcess } from "../../src/job/processes.ts";
import { type Identity, readIdentity } from "../../src/job/supervisor/identity.ts";
import { isolationProblem } from "../../src/job/supervisor/isolation.ts";
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

const canIsolate = isolationProblem(findTools()) === undefined;
const modes = hasCgroups ? (["auto", "off"] as const) : (["off"] as const);

/** Runs a script in namespaces of its own to its end. */
async function runIsolated(jobs: JobService, script: string, more: Partial<OwnedRunInput> = {}) {
  const { name } = await jobs.run({
    ...{ generateName: true, command: "/bin/sh", args: ["-c", script], isolate: true, ...more },
  });
  const { state } = await jobs.wait({ name });
  return { state, output: await outputOf(jobs, name) };
}

/** Starts a script in namespaces of its own, and waits until it has printed "up". */
async function startIsolated(jobs: JobService, name: string, script: string) {
  await jobs.run({ name, command: "/bin/sh", args: ["-c", script], isolate: true });
  await untilOutput(jobs, name, "up");
}

/** A POSIX message queue of the host, whose queues are mounted for it where they are not. */
function hostQueues(): Disposable & { readonly dir: string; readonly name: string } {
  const dir = "/dev/mqueue";
  using undo = new DisposableStack();
  if (!existsSync(dir)) {
    mkdirSync(dir);
    undo.defer(() => rmdirSync(dir));
    expect(Bun.spawnSync(["mount", "-t", "mqueue", "mqueue", dir]).exitCode).toBe(0);
    undo.defer(() => void Bun.spawnSync(["umount", dir]));
  }
  const name = `lpr-${randomUUID()}`;
  writeFileSync(join(dir, name), "", { flag: "wx" });
  undo.defer(() => rmSync(join(dir, name)));
  const all = undo.move();
  return { dir, name, [Symbol.dispose]: () => all.dispose() };
}

describe.skipIf(!canIsolate).each(modes)("an isolated job, with cgroups %s,", (mode) => {
  const open = () => openService({ cgroup: { mode } });

  test("finds none of the host's message queues", async () => {
    using queues = hostQueues();
    await using service = await open();
    const { output } = await runIsolated(
      service.jobs,
      `ls ${queues.dir}; touch ${queues.dir}/own; ls ${queues.dir}`,
    );
    expect(output).toBe("own\n");
    expect(readdirSync(queues.dir)).toContain(queues.name);
  });

  test("has none of the host's namespaces, and says so", async () => {
    await using service = await open();
    const { jobs } = service;
    const kinds = ["pid", "mnt", "ipc", "net"];
    await jobs.run({
      ...{ name: "foo", command: "readlink", args: kinds.map((kind) => `/proc/self/ns/${kind}`) },
      isolate: true,
    });
    await jobs.wait({ name: "foo" });
    const own = (await outputOf(jobs, "foo")).trimEnd().split("\n");
    expect(own).toHaveLength(kinds.length);
    for (const [index, kind] of kinds.entries()) {
      expect(own[index]).toStartWith(`${kind}:[`);
      expect(own[index]).not.toBe(readlinkSync(`/proc/self/ns/${kind}`));
    }
    expect(await jobs.get({ name: "foo" })).toMatchObject({ isolated: true, user: "root" });
    await jobs.run({ name: "bar", command: "true" });
    expect((await jobs.get({ name: "bar" })).isolated).toBe(false);
  });

  test("sees its own processes only, a /tmp of its own, and no network but loopback, which is up", async () => {
    await using service = await open();
    using dir = tempDir();
    const left = `${dir.path}-of-the-job`;
    const script = `ls -d /proc/[0-9]* | wc -l; ls -A /tmp /dev/shm | tr '\\n' ' '; touch ${left}
      echo; cut -s -d: -f1 /proc/net/dev | tr -d ' \\n'; echo; grep -c 127.0.0.1 /proc/net/fib_trie`;
    const { output } = await runIsolated(service.jobs, script);
    const [processes, files, devices, routes] = output.split("\n");
    // Process 1, the shell, and the two of its pipeline.
    expect(Number(processes)).toBeLessThanOrEqual(4);
    expect(files).toBe("/dev/shm:  /tmp: ");
    expect(devices).toBe("lo");
    // The kernel has them of devices that are up.
    expect(Number(routes)).toBeGreaterThan(0);
    expect(existsSync(left)).toBe(false);
  });

  test("ends by its command's own code, or by 128 and the signal that killed it", async () => {
    await using service = await open();
    const { jobs } = service;
    expect((await runIsolated(jobs, "exit 0")).state).toMatchObject({ status: "SUCCEEDED", exitCode: 0 });
    expect((await runIsolated(jobs, "exit 42")).state).toMatchObject({ reason: "EXITED", exitCode: 42 });
    expect((await runIsolated(jobs, "kill -KILL $$")).state).toMatchObject({
      ...{ reason: "SIGNALED", exitCode: 137, signal: "SIGKILL" },
    });
    expect((await runIsolated(jobs, "kill -TERM $$")).state).toMatchObject({
      ...{ reason: "SIGNALED", exitCode: 143, signal: "SIGTERM" },
    });
  });

  if (mode === "auto")
    test("has its cgroup for itself: what makes its namespaces is outside", async () => {
      await using service = await open();
      const { jobs, cgroupRoot = "", stateDir } = service;
      const { id } = await jobs.run({ name: "foo", command: "sleep", args: ["3210"], isolate: true });
      expect(readFileSync(join(cgroupRoot, "foo/cgroup.procs"), "utf8")).toBe(
        `${identityIn(stateDir, id).jobPid}\n`,
      );
    });

  test("gets the SIGTERM of a stop, also where it does not handle it", async () => {
    await using service = await open();
    const { jobs } = service;
    const patient = { gracePeriodMs: 60_000 };
    await startIsolated(
      jobs,
      "polite",
      "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.01; done",
    );
    expect(await jobs.stop({ name: "polite", ...patient })).toMatchObject({ exitCode: 7 });
    expect(await outputOf(jobs, "polite")).toBe("up\nbye\n");
    await startIsolated(jobs, "plain", "echo up; exec sleep 1000");
    expect(await jobs.stop({ name: "plain", ...patient })).toMatchObject({ exitCode: 143 });
  });

  test("is killed as a whole after the grace period", async () => {
    await using service = await open();
    const { jobs } = service;
    await startIsolated(jobs, "deaf", "trap '' TERM; setsid sleep 4321 & echo up; sleep 4321");
    expect(await jobs.stop({ name: "deaf", gracePeriodMs: 0 })).toMatchObject({ exitCode: 137 });
    expect(commandLines()).not.toContain("sleep 4321");
  });

  test("outlives a signal to all of its processes that it handles", async () => {
    await using service = await open();
    const { jobs } = service;
    await startIsolated(jobs, "foo", "trap 'echo hup; exit 3' HUP; echo up; while :; do sleep 0.01; done");
    await jobs.signal({ name: "foo", signal: "HUP", all: true });
    expect((await jobs.wait({ name: "foo" })).state).toMatchObject({ reason: "EXITED", exitCode: 3 });
    expect(await outputOf(jobs, "foo")).toMatch(/^up\n(Hangup\n)*hup\n$/);
  });

  test("leaves neither zombies nor orphans", async () => {
    await using service = await open();
    const script = `(sleep 0.01 &) ; (setsid sleep 5432 &)
      until [ "$(grep -l '^PPid:.1$' /proc/[0-9]*/status 2>/dev/null | wc -l)" = 2 ]; do sleep 0.01; done
      grep -h '^State:.Z' /proc/[0-9]*/status; echo done`;
    const { output } = await runIsolated(service.jobs, script);
    expect(output).toBe("done\n");
    expect(commandLines()).not.toContain("sleep 5432");
  });

  test("is found again, stopped and recorded by the agent after a crash", async () => {
    await using service = await reopenService({ mode });
    const script = "trap 'exit 9' TERM; echo up; while :; do sleep 0.01; done";
    const job = { name: "long", command: "/bin/sh", args: ["-c", script], isolate: true };
    await crashAgent({ ...service.paths, job, actions: ["run"] });
    const jobs = await service.open();
    expect(await jobs.get({ name: "long" })).toMatchObject({ isolated: true, state: { status: "RUNNING" } });
    await untilOutput(jobs, "long", "up");
    expect(await jobs.stop({ name: "long", gracePeriodMs: 60_000 })).toMatchObject({ exitCode: 9 });
  });

  test("is LOST with all its processes when its supervisor is killed", async () => {
    await using service = await reopenService({ mode });
    const job = { name: "lost", command: "sleep", args: ["6543"], isolate: true };
    await crashAgent({ ...service.paths, job, actions: ["run"] });
    const [id = ""] = readdirSync(join(service.paths.stateDir, "jobs"));
    const identity = identityIn(service.paths.stateDir, id);
    const command = readProcess(identity.jobPid ?? 0);
    process.kill(identity.supervisor.pid, "SIGKILL");
    const jobs = await service.open();
    expect((await jobs.wait({ name: "lost" })).state).toMatchObject({ status: "FAILED", reason: "LOST" });
    expect(command).toBeDefined();
    await until(() => !command || !isAlive(command), "the command is gone");
  });

  test("is gone when the process that made its namespaces is killed", async () => {
    await using service = await open();
    const { jobs, stateDir } = service;
    const { id } = await jobs.run({ name: "foo", command: "sleep", args: ["7654"], isolate: true });
    const identity = identityIn(stateDir, id);
    const command = readProcess(identity.jobPid ?? 0);
    const unshare = listProcesses().find(({ parent }) => parent === identity.supervisor.pid);
    process.kill(unshare?.pid ?? 0, "SIGKILL");
    expect((await jobs.wait({ name: "foo" })).state).toMatchObject({ reason: "SIGNALED", exitCode: 137 });
    expect(command).toBeDefined();
    await until(() => !command || !isAlive(command), "the command is gone");
  });

  test("is told why a directory or a command of /tmp is not there", async () => {
    await using service = await open();
    const start = (input: Partial<OwnedRunInput>) =>
      errorOf(service.jobs.run({ name: "foo", command: "true", isolate: true, ...input }));
    const hint = "/tmp and /dev/shm of an isolated job are its own, and empty when it starts";
    expect(await start({ workingDir: "/tmp/build" })).toMatchObject({ code: "INVALID_INPUT", hint });
    expect(await start({ command: "/dev/shm/run" })).toMatchObject({ code: "COMMAND_NOT_FOUND", hint });
    expect((await start({ workingDir: "/nothere" })).hint).toBeUndefined();
  });

  test("of a tenant runs as the tenant's account, and cannot reach the process 1 of its namespaces", async () => {
    await using service = await open();
    const script =
      "id -u; grep NoNewPrivs /proc/self/status; cat /proc/1/environ; ls /proc/1/fd; kill -KILL 1";
    const { output } = await runIsolated(service.jobs, script, { createdBy: "alice", runAs: "tenant" });
    expect(output).toStartWith("70000\nNoNewPrivs:\t1\n");
    expect(output).toContain("/proc/1/environ: Permission denied");
    expect(output).toContain("'/proc/1/fd': Permission denied");
    expect(output).toMatch(/kill: .*(not permitted|No such process)/);
  });

  test("may use the names that its environment gives to the shim's variables", async () => {
    await using service = await open();
    const env = ["private=p", "pid=q", "sh=/none", "setsid=/none", "setpriv=/none", "uid=0", "gid=0"];
    const { output } = await runIsolated(service.jobs, "echo $private $pid $sh $setsid $uid", { env });
    expect(output).toBe("p q /none /none 0\n");
  });
});

function identityIn(stateDir: string, id: string): Identity {
  const identity = readIdentity(join(stateDir, "jobs", id));
  if (typeof identity !== "object") throw new Error(`job ${id} has no identity`);
  return identity;
}

function commandLines(): string[] {
  return listProcesses().map(({ pid }) => commandLine(pid));
}

describe("an isolated job that cannot be", () => {
  const start = async (tools: Partial<ReturnType<typeof findTools>>) => {
    using dir = tempDir();
    const input = {
      ...{ jobDir: dir.join("job"), shim: installShim(dir.path), cgroup: undefined, account: undefined },
      ...{ command: "true", args: [], env: new Map(), workingDir: "/", isolate: true },
    };
    return await errorOf(
      startSupervisor({
        ...input,
        tools: { ...findTools(), ...tools },
        signal: new AbortController().signal,
      }),
    );
  };

  test.skipIf(!isRoot)("is refused with the packages that the host lacks", async () => {
    expect(await start({ unshare: undefined, ip: undefined })).toMatchObject({
      code: "HOST_UNSUPPORTED",
      message: "isolating a job needs unshare, ip, which this host lacks",
      hint: "install util-linux, iproute2",
    });
  });

  test.skipIf(!isRoot).each(["unshare", "mount", "ip"])("is refused where %s fails", async (tool) => {
    expect(await start({ [tool]: "/bin/false" })).toMatchObject({
      code: "HOST_UNSUPPORTED",
      message: "this host does not let the agent give a job namespaces of its own",
    });
  });

  test.skipIf(isRoot)("is refused by an agent that is not root", async () => {
    expect(await start({})).toMatchObject({
      code: "HOST_UNSUPPORTED",
      message: "only an agent that runs as root can isolate jobs",
    });
  });
});
