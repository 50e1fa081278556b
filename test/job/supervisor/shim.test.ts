import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { bootTimeMs } from "../../../src/job/boot-time.ts";
import { isPopulated, removeGroup } from "../../../src/job/cgroup/group.ts";
import { makeSupervisorsGroup } from "../../../src/job/cgroup/supervisors.ts";
import { bootId, listProcesses, readProcess } from "../../../src/job/processes.ts";
import { DEFAULT_PATH, jobEnvironment } from "../../../src/job/supervisor/environment.ts";
import { readExitRecord } from "../../../src/job/supervisor/exit-record.ts";
import { isolationProblem } from "../../../src/job/supervisor/isolation.ts";
import { installShim } from "../../../src/job/supervisor/shim.ts";
import { type StartInput, startSupervisor, supervisorsLog } from "../../../src/job/supervisor/start.ts";
import { findTools, namesAddedBy } from "../../../src/job/supervisor/tools.ts";
import { ownCgroup } from "../../helpers/agent.ts";
import { errorOf, hasCgroups, isRoot } from "../../helpers/job-service.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { until } from "../../helpers/until.ts";

const canIsolate = isolationProblem(findTools()) === undefined;
/** For tools that are to act as somebody who may have so many processes only: root may have any number. */
const AS_NOBODY = isRoot ? ["setpriv", "--reuid=70000", "--regid=70000", "--clear-groups"] : [];
const ACCOUNT = { uid: 70_000, gid: 70_000, name: "lpr-70000", home: "/", shell: "/bin/sh" };

// dash and bash call themselves by path, busybox by the name it is called with.
const shells = ["dash", "bash", "busybox"].map((name) => ({ name, path: Bun.which(name) }));

for (const { name, path } of shells) {
  describe.if(path !== null)(`under ${name}`, () => {
    const accounts = isRoot ? [undefined, ACCOUNT] : [undefined];
    for (const account of accounts) {
      const as = account ? "another account" : "its own account";

      test(`the shim records the exit code of a command run as ${as}`, async () => {
        using host = shellHost(path ?? "");
        const { exited } = await startSupervisor(host.input({ account, args: ["-c", "echo out; exit 42"] }));
        await exited;
        expect(readFileSync(host.file("exit"), "utf8")).toBe("  42\n");
        expect(readFileSync(host.file("output.log"), "utf8")).toBe("out\n");
        expect(readFileSync(host.supervisorsLog, "utf8")).toBe("");
      });

      test(`environment and arguments arrive intact at a command run as ${as}`, async () => {
        using host = shellHost(path ?? "");
        const asked = [
          "A='\"$`\\",
          "B=one\ntwo",
          "UID=7",
          "PPID=x",
          "OPTIND=y",
          "SHELLOPTS=z",
          "PWD=/a",
          "IFS=:",
          "PATH=/bin",
        ];
        const env = jobEnvironment(ACCOUNT, {}, asked);
        const { exited } = await startSupervisor(host.input({ account, env, command: "env", args: ["-0"] }));
        await exited;
        const entries = readFileSync(host.file("output.log"), "utf8").split("\0").filter(Boolean);
        expect(entries.toSorted()).toEqual([...env].map((pair) => pair.join("=")).toSorted());
      });

      test(`nothing of the runner's own gets into the log of a command run as ${as}`, async () => {
        using host = shellHost(path ?? "");
        const missing = await errorOf(startSupervisor(host.input({ account, command: "no-such-command" })));
        expect(missing).toMatchObject({ code: "COMMAND_NOT_FOUND" });
        expect(readFileSync(host.file("output.log"), "utf8")).toBe("");
      });
    }

    test("split output has a log for each stream, and what both write is in neither twice", async () => {
      using host = shellHost(path ?? "");
      const script = "echo one; echo two >&2; echo three; ls /proc/self/fd >&2";
      const { exited } = await startSupervisor(host.input({ output: "split", args: ["-c", script] }));
      await exited;
      expect(readFileSync(host.file("stdout.log"), "utf8")).toBe("one\nthree\n");
      // ls itself has a fourth descriptor open, the directory.
      expect(readFileSync(host.file("stderr.log"), "utf8")).toBe("two\n0\n1\n2\n3\n");
      expect(existsSync(host.file("output.log"))).toBe(false);
    });

    test("death by a signal is recorded as 128+n", async () => {
      using host = shellHost(path ?? "");
      const { exited, main } = await startSupervisor(host.input({ args: ["-c", "kill -KILL $$"] }));
      await exited;
      expect(readExitRecord(host.input({}).jobDir)).toBe(137);
      expect(readProcess(main.pid)?.startTime).not.toBe(main.startTime);
    });

    test("the exit is written into the record that is there, which is neither cut off nor replaced", async () => {
      using host = shellHost(path ?? "");
      const script = `until [ -e ${host.file("go")} ]; do sleep 0.01; done; exit 42`;
      const { exited } = await startSupervisor(host.input({ args: ["-c", script] }));
      // Five bytes longer than it ever is: whoever makes the file anew, or empties it, takes them away.
      writeFileSync(host.file("exit"), "\n\n\n\n\nafter");
      writeFileSync(host.file("go"), "");
      await exited;
      expect(readFileSync(host.file("exit"), "utf8")).toBe("  42\nafter");
    });

    test("without a cgroup it ends what is left of the job's process group", async () => {
      using host = shellHost(path ?? "");
      const script = `sleep 1000 & echo $! >${host.file("child")}; exit 7`;
      const { exited } = await startSupervisor(host.input({ args: ["-c", script] }));
      await exited;
      expect(readFileSync(host.file("exit"), "utf8")).toBe("   7\n");
      const child = Number(readFileSync(host.file("child"), "utf8"));
      // Or a zombie, where nobody takes in orphans.
      await until(() => (readProcess(child)?.state ?? "Z") === "Z", "the child that was left is gone");
    });

    test.skipIf(!hasCgroups)("from outside its job's cgroup it ends what is left in there", async () => {
      using host = shellHost(path ?? "");
      const { root = "" } = ownCgroup();
      const dir = join(root, "job");
      mkdirSync(dir, { recursive: true });
      const cgroup = { dir, supervisors: makeSupervisorsGroup(root), supervisorInside: false };
      const { exited } = await startSupervisor(
        host.input({ cgroup, args: ["-c", "setsid sleep 1000 & exit 7"] }),
      );
      await exited;
      expect(readFileSync(host.file("exit"), "utf8")).toBe("   7\n");
      await until(() => !isPopulated(dir), "nothing is left in the group");
      removeGroup(root);
    });

    // As what runs containers does, before it makes groups of its own.
    const moved =
      "mkdir $0/leaf; for pid in $(cat $0/cgroup.procs); do echo $pid >$0/leaf/cgroup.procs; done 2>/dev/null; ";
    test.skipIf(!hasCgroups).each([
      ["", ""],
      [", also where the job has moved it to a group below", moved],
    ])("made inside its job's cgroup, it records the exit and ends all%s", async (_, before) => {
      using host = shellHost(path ?? "");
      const { root = "" } = ownCgroup();
      const dir = join(root, "job");
      mkdirSync(dir, { recursive: true });
      const cgroup = { dir, supervisors: makeSupervisorsGroup(root), supervisorInside: true };
      const args = ["-c", `${before}setsid sleep 1000 & exit 7`, dir];
      const { exited } = await startSupervisor(host.input({ cgroup, args }));
      await exited;
      expect(readFileSync(host.file("exit"), "utf8")).toBe("   7\n");
      await until(() => !isPopulated(dir), "nothing is left in the group");
      expect(readFileSync(host.supervisorsLog, "utf8")).toBe("");
      removeGroup(root);
    });

    test.skipIf(!hasCgroups)(
      "a command ends with its lease, and nobody is left who looked after it",
      async () => {
        using host = shellHost(path ?? "");
        const { root = "" } = ownCgroup();
        const dir = join(root, "job");
        mkdirSync(dir, { recursive: true });
        const supervisors = makeSupervisorsGroup(root);
        const lease = host.file("../lease");
        writeFileSync(lease, `${bootId()} ${Math.floor(bootTimeMs() / 10) + 100}\n`);
        const cgroup = { dir, supervisors, supervisorInside: false };
        const args = ["-c", 'trap "" TERM; setsid sleep 1000 & sleep 1000'];
        const { exited } = await startSupervisor(host.input({ cgroup, lease, args }));
        await exited;
        expect(readFileSync(host.file("exit"), "utf8")).toBe(" 137\n");
        expect(existsSync(host.file("lease-expired"))).toBe(true);
        await until(() => !isPopulated(root), "nobody is left");
        expect(readFileSync(host.supervisorsLog, "utf8").replace(/^.*Killed.*\n/gm, "")).toBe("");
        removeGroup(root);
      },
    );

    test("a command does not begin once its lease has run out", async () => {
      using host = shellHost(path ?? "");
      const lease = host.file("../lease");
      writeFileSync(lease, `${bootId()} ${Math.floor(bootTimeMs() / 10)}\n`);
      const refused = await errorOf(startSupervisor(host.input({ lease, args: ["-c", "echo begun"] })));
      expect(refused.code).toBe("UNAVAILABLE");
      expect(readFileSync(host.file("output.log"), "utf8")).toBe("");
    });

    test("a command is killed when there is no process left for who looks after its lease", async () => {
      using host = shellHost(path ?? "");
      const { supervisor, job } = await host.runAsNobody("exec sleep 1000");
      const watcher = await until(
        () => childrenOf(supervisor.pid).find((pid) => pid !== job),
        "it is watched",
      );
      expect(existsSync(host.file("cgroup.kill"))).toBe(false);
      expect(Bun.spawnSync([...AS_NOBODY, "prlimit", `--pid=${watcher}`, "--nproc=1:1"]).exitCode).toBe(0);
      // bash tries for 15 s.
      await until(() => existsSync(host.file("cgroup.kill")), "it would be killed", 60_000);
      expect(existsSync(host.file("lease-expired"))).toBe(true);
      process.kill(job, "SIGKILL");
      await supervisor.exited;
      await until(() => readProcess(watcher) === undefined, "nobody is left");
    });

    test.skipIf(!canIsolate)("an isolated command ends by its own code, whoever runs it", async () => {
      using host = shellHost(path ?? "");
      const { exited } = await startSupervisor(
        host.input({ isolate: true, args: ["-c", "echo $$; exit 42"] }),
      );
      await exited;
      // Process 1 of its namespace is the shell that waits for it.
      expect(readFileSync(host.file("output.log"), "utf8")).toMatch(/^[2-9]\n$/);
      expect(readFileSync(host.file("exit"), "utf8")).toBe("  42\n");
      expect(readFileSync(host.supervisorsLog, "utf8")).toBe("");
    });

    test("the supervisor tells who it is before the job's pid", async () => {
      using host = shellHost(path ?? "");
      const { main, exited } = await startSupervisor(host.input({ command: "sleep", args: ["1000"] }));
      const [boot, supervisor, job] = readFileSync(host.file("pid"), "utf8").split("\n");
      expect(boot).toBe(`boot ${bootId()}`);
      const parent = readProcess(main.parent);
      expect(supervisor).toMatch(new RegExp(`^supervisor ${main.parent} .* ${parent?.startTime} `));
      expect(job).toBe(`job ${main.pid}`);
      await until(() => readProcess(main.pid)?.session === main.pid, "the job has a session of its own");
      expect(parent?.session).toBe(main.parent);
      process.kill(main.pid, "SIGKILL");
      await exited;
    });

    test("the supervisor's command line says nothing of the job's", async () => {
      using host = shellHost(path ?? "");
      const args = ["-c", "sleep 1000 # secret"];
      const { main, exited } = await startSupervisor(host.input({ args }));
      expect(readFileSync(`/proc/${main.parent}/cmdline`, "utf8")).not.toContain("secret");
      process.kill(main.pid, "SIGKILL");
      await exited;
    });

    test("a shim that comes late does not run the command", async () => {
      using host = shellHost(path ?? "");
      const { shim, tools, jobDir } = host.input({});
      // An agent that adopts what it finds has given this start up.
      mkdirSync(jobDir);
      writeFileSync(host.file("pid"), "given up\n");
      const cmd = [
        tools.sh,
        shim,
        jobDir,
        "",
        bootId(),
        tools.sh,
        tools.setsid,
        ...["", "", "", "", "", "", "", "", "", tools.sleep],
      ];
      const shell = Bun.spawn(cmd, { stdin: Buffer.from("echo ran"), stdout: "pipe", stderr: "ignore" });
      expect(await shell.exited).not.toBe(0);
      expect(await shell.stdout.text()).toBe("");
      expect(readdirSync(jobDir)).toEqual(["pid"]);
      expect(readFileSync(host.file("pid"), "utf8")).toBe("given up\n");
    });
  });
}

/** A shell that does something else once it is another account's, as others of that account can have it do. */
function hurtShell(script: string) {
  const dir = tempDir();
  // That account has to get at it.
  chmodSync(dir.path, 0o711);
  const sh = dir.join("sh");
  writeFileSync(sh, `#!/bin/sh\n[ "$1" != -s ] || { ${script}; }\nexec /bin/sh "$@"\n`, { mode: 0o755 });
  const stopped = () =>
    listProcesses().find(
      ({ pid, state }) => state === "T" && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(sh),
    );
  return {
    tools: { ...findTools(), sh },
    stopped,
    [Symbol.dispose]: () => {
      const left = stopped();
      if (left) process.kill(left.pid, "SIGKILL");
      dir[Symbol.dispose]();
    },
  };
}

describe.if(isRoot)("between the drop of privilege and the command", () => {
  test("nothing is open but what belongs to the job, and the way to the agent", async () => {
    using host = shellHost("/bin/sh");
    using shell = hurtShell("kill -STOP $$");
    const abort = new AbortController();
    const input = host.input({ account: ACCOUNT, tools: shell.tools, signal: abort.signal });
    const failed = errorOf(startSupervisor(input));
    const { pid } = await until(shell.stopped, "the shell has stopped");
    const open = readdirSync(`/proc/${pid}/fd`).map((fd) => [fd, readlinkSync(`/proc/${pid}/fd/${fd}`)]);
    abort.abort();
    expect(await failed).toMatchObject({ code: "INTERNAL" });
    const [agent, log] = [expect.stringMatching(/^(socket|pipe):/), host.file("output.log")];
    expect(Object.fromEntries(open)).toEqual({
      ...{ 0: expect.stringMatching(/ \(deleted\)$/), 1: agent, 2: agent, 3: agent, 4: log, 6: log },
      5: host.file("started"),
      // The shell's own script.
      10: expect.stringMatching(/sh$/),
    });
  });

  test.each([
    ["COMMAND_NOT_FOUND", "what failed, and never ends", "echo failed command_missing >&3; kill -STOP $$"],
    [
      "INTERNAL",
      "that something unheard of failed, and never ends",
      "echo failed constructor >&3; kill -STOP $$",
    ],
    ["INTERNAL", "more and more", "exec yes >&3"],
  ])("a start ends with %s when its shell says %s", async (code, _, script) => {
    using host = shellHost("/bin/sh");
    using shell = hurtShell(script);
    const input = host.input({ account: ACCOUNT, tools: shell.tools });
    expect(await errorOf(startSupervisor(input))).toMatchObject({ code });
  });
});

function shellHost(shell: string) {
  const dir = tempDir();
  symlinkSync(shell, dir.join("sh"));
  const shim = installShim(dir.path);
  const sh = shell.endsWith("busybox") ? dir.join("sh") : shell;
  return {
    supervisorsLog: supervisorsLog(shim),
    file: (name: string) => dir.join("job", name),
    input: (change: Partial<StartInput>): StartInput => ({
      jobDir: dir.join("job"),
      shim,
      tools: { ...findTools(), sh, shAdds: namesAddedBy(sh) },
      cgroup: undefined,
      account: undefined,
      signal: new AbortController().signal,
      command: "/bin/sh",
      args: [],
      env: new Map([["PATH", DEFAULT_PATH]]),
      workingDir: "/",
      ...change,
    }),
    /**
     * A leased job and its supervisor as an account that may have so many processes only, in a cgroup that is a mere
     * directory, as such accounts have no other.
     */
    runAsNobody: async (enter: string) => {
      const { setsid, sleep } = findTools();
      const lease = dir.join("lease");
      writeFileSync(lease, `${bootId()} ${Math.floor(bootTimeMs() / 10) + 60_000}\n`);
      mkdirSync(dir.join("job"));
      for (const file of [".", "job", "lease"])
        if (isRoot) chownSync(dir.join(file), ACCOUNT.uid, ACCOUNT.gid);
      if (isRoot) chownSync(shim, ACCOUNT.uid, ACCOUNT.gid);
      const nothing = Array.from({ length: 8 }, () => "");
      const supervisor = Bun.spawn({
        cmd: [
          ...[...AS_NOBODY, sh, shim, dir.join("job"), dir.join("job"), bootId(), sh, setsid],
          ...[...nothing, lease, sleep, "command"],
        ],
        stdio: [new Blob([enter]), "ignore", "ignore"],
      });
      const job = () =>
        /^job (\d+)$/m.exec(existsSync(dir.join("job/pid")) ? readFileSync(dir.join("job/pid"), "utf8") : "");
      return { supervisor, job: Number((await until(job, "the job runs"))[1]) };
    },
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

function childrenOf(parent: number): number[] {
  return listProcesses().flatMap((process) => (process.parent === parent ? [process.pid] : []));
}
