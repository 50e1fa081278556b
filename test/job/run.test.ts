import { expect, test } from "bun:test";
import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  errorOf,
  hasCgroups,
  isRoot,
  openService,
  outputOf,
  runScript,
  untilOutput,
} from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

test("run starts the command and keeps its output and its exit code", async () => {
  await using service = await openService();
  const { jobs } = service;
  const { name, id } = await jobs.run({
    name: "foo",
    command: "/bin/sh",
    args: ["-c", "echo out; echo err >&2; exit 3"],
  });
  const job = await jobs.wait({ name });
  expect(job).toMatchObject({ id, name: "foo", command: "/bin/sh", createdBy: "", logBytes: 8 });
  expect(job.state).toMatchObject({ status: "FAILED", reason: "EXITED", exitCode: 3 });
  expect(await outputOf(jobs, "foo")).toBe("out\nerr\n");
});

test("exit code 0 is a success, and death by a signal is 128+n with the signal's name", async () => {
  await using service = await openService();
  expect((await runScript(service.jobs, "ok", "exit 0")).state).toMatchObject({
    status: "SUCCEEDED",
    exitCode: 0,
  });
  expect((await runScript(service.jobs, "killed", "kill -SEGV $$")).state).toMatchObject({
    status: "FAILED",
    reason: "SIGNALED",
    exitCode: 139,
    signal: "SIGSEGV",
  });
});

test("arguments arrive as they were given", async () => {
  await using service = await openService();
  const args = ["", " a  b ", "'\"$HOME`id`\\", "two\nlines", "-n", "--", "*", "ünï©ødé", "a=b"];
  await service.jobs.run({ name: "args", command: "printf", args: ["<%s>", ...args] });
  expect(await outputOf(service.jobs, "args")).toBe(args.map((arg) => `<${arg}>`).join(""));
});

test("the environment is what was asked, who one is and which job it is, nothing else", async () => {
  await using service = await openService();
  process.env["LPR_TEST_LEAK"] = "the agent's own";
  const asked = ["A=1", "EMPTY=", "QUOTES='\"$(id)`", "LINES2=one\ntwo", "A=2", "env=x", "dir=y", "IFS=:"];
  await service.jobs.run({ name: "env", command: "/usr/bin/env", args: ["-0"], env: asked });
  delete process.env["LPR_TEST_LEAK"];
  const entries = (await outputOf(service.jobs, "env")).split("\0").filter(Boolean);
  const names = entries.map((entry) => entry.slice(0, entry.indexOf("=")));
  const own = ["HOME", "LOGNAME", "LPR_JOB_NAME", "PATH", "SHELL", "USER"];
  const mark = service.cgroupRoot === undefined ? ["LPR_JOB_ID"] : [];
  expect(names.toSorted()).toEqual(
    [...own, ...mark, "A", "EMPTY", "IFS", "LINES2", "QUOTES", "dir", "env"].toSorted(),
  );
  expect(entries).toContain("A=2");
  expect(entries).toContain("QUOTES='\"$(id)`");
  expect(entries).toContain("LINES2=one\ntwo");
  expect(entries).toContain("LPR_JOB_NAME=env");
});

test("names that shells keep for themselves reach the job intact", async () => {
  await using service = await openService();
  const asked = [
    "UID=7",
    "PPID=8",
    "OPTIND=abc",
    "SHELLOPTS=x",
    "BASHOPTS=y",
    "RANDOM=z",
    "PWD=/nowhere",
    "_=u",
  ];
  await service.jobs.run({ name: "env", command: "/usr/bin/env", args: ["-0"], env: asked });
  expect((await outputOf(service.jobs, "env")).split("\0")).toEqual(expect.arrayContaining(asked));
});

test("a job has no input, no descriptor of the service, usual limits and a session of its own", async () => {
  await using service = await openService();
  const script =
    'readlink /proc/self/fd/0; ls /proc/self/fd; ulimit -Sn; umask; pwd; cut -d" " -f5,6 /proc/$$/stat; echo $$';
  const { output } = await runScript(service.jobs, "inside", script);
  const [stdin, ...lines] = output.trim().split("\n");
  expect(stdin).toBe("/dev/null");
  // 3 is the directory that ls itself reads.
  expect(lines.slice(0, 4)).toEqual(["0", "1", "2", "3"]);
  const [limit, umask, cwd, ids, pid] = lines.slice(4);
  expect([limit, umask, cwd]).toEqual(["1024", "0022", "/"]);
  expect(ids).toBe(`${pid} ${pid}`);
});

test("a job gets the signals that its supervisor withstands", async () => {
  await using service = await openService();
  const { output } = await runScript(service.jobs, "signals", "grep -E 'SigIgn|SigBlk' /proc/self/status");
  expect(output.match(/[0-9a-f]{16}/g)).toEqual(["0".repeat(16), "0".repeat(16)]);
});

test("the command starts in the working directory and is looked up in the job's PATH", async () => {
  using dir = tempDir();
  chmodSync(dir.path, 0o755);
  writeFileSync(dir.join("hello"), "#!/bin/sh\npwd\n", { mode: 0o755 });
  await using service = await openService();
  await service.jobs.run({
    name: "path",
    command: "hello",
    env: [`PATH=/nope:${dir.path}:/bin`],
    workingDir: dir.path,
  });
  await service.jobs.run({ name: "relative", command: "./hello", workingDir: dir.path });
  expect(await outputOf(service.jobs, "path")).toBe(`${dir.path}\n`);
  expect(await outputOf(service.jobs, "relative")).toBe(`${dir.path}\n`);
});

test("a file in PATH that may not be executed is no command, and gives way to one that may", async () => {
  using dir = tempDir();
  chmodSync(dir.path, 0o755);
  writeFileSync(dir.join("echo"), "#!/bin/sh\necho mine\n", { mode: 0o644 });
  await using service = await openService();
  const run = (name: string, path: string) =>
    service.jobs.run({ name, command: "echo", args: ["hi"], env: [`PATH=${path}`] });
  expect(await errorOf(run("alone", dir.path))).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("command must be a file that the job's account may execute"),
  });
  await run("later", `${dir.path}:/bin`);
  expect(await outputOf(service.jobs, "later")).toBe("hi\n");
});

test.if(hasCgroups)("what a job uses is shown while it runs, and kept when it has ended", async () => {
  await using service = await openService();
  const { jobs } = service;
  const script =
    "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done; echo up; read never <&-; exec sleep 1000";
  await jobs.run({ name: "busy", command: "/bin/sh", args: ["-c", script] });
  await untilOutput(jobs, "busy", "up");
  const [live] = await jobs.stats({ name: "busy" });
  expect(live?.usage).toMatchObject({ processes: 1 });
  expect(live?.usage.cpuMs).toBeGreaterThan(1);
  await jobs.stop({ name: "busy", gracePeriodMs: 0 });
  const { usage } = await jobs.get({ name: "busy" });
  expect(usage?.processes).toBe(0);
  expect(usage?.cpuMs).toBeGreaterThanOrEqual(live?.usage.cpuMs ?? Number.NaN);
});

test("an empty entry of PATH is the working directory, also at its end", async () => {
  using dir = tempDir();
  chmodSync(dir.path, 0o755);
  writeFileSync(dir.join("here"), "#!/bin/sh\necho here\n", { mode: 0o755 });
  await using service = await openService();
  for (const [index, path] of ["", ":/bin", "/bin:", "/bin::/usr/bin"].entries()) {
    const name = `path-${index}`;
    await service.jobs.run({ name, command: "here", env: [`PATH=${path}`], workingDir: dir.path });
    expect(await outputOf(service.jobs, name)).toBe("here\n");
  }
});

test("what cannot start is refused, leaves nothing behind and frees its name", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("not-executable"), "");
  await using service = await openService();
  const { jobs, stateDir, cgroupRoot } = service;
  const refused = [
    [{ command: "no-such-command" }, "COMMAND_NOT_FOUND", 'command "no-such-command" does not exist'],
    [{ command: "/no/such" }, "COMMAND_NOT_FOUND", 'command "/no/such" does not exist'],
    [{ command: "echo", env: ["PATH="] }, "COMMAND_NOT_FOUND", 'command "echo" does not exist'],
    [{ command: dir.join("not-executable") }, "INVALID_INPUT", "command must be a file that"],
    [{ command: dir.path }, "INVALID_INPUT", "command must be a file that"],
    [{ command: "true", workingDir: "/no/such" }, "INVALID_INPUT", "workingDir must be a directory"],
  ] as const;
  for (const [input, code, message] of refused) {
    const error = await errorOf(jobs.run({ name: "foo", ...input }));
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(await errorOf(jobs.get({ name: "foo" }))).toMatchObject({ code: "JOB_NOT_FOUND" });
  }
  expect(readdirSync(join(stateDir, "jobs"))).toEqual([]);
  if (cgroupRoot !== undefined) expect(existsSync(join(cgroupRoot, "foo"))).toBe(false);
  expect((await runScript(jobs, "foo", "exit 0")).state.status).toBe("SUCCEEDED");
});

test("an invalid input lists every problem with field, rule and value, and records nothing", async () => {
  await using service = await openService();
  const error = await errorOf(
    service.jobs.run({
      name: "../x",
      command: "",
      args: ["a\0b"],
      env: ["NOEQ", "1A=secret", "OK=1"],
      workingDir: "rel",
    }),
  );
  expect(error.code).toBe("INVALID_INPUT");
  for (const issue of [
    'name must be 1 to 63 of A-Z a-z 0-9 _ -, neither first nor last of them _ or -, got "../x"',
    'command must be a non-empty string of at most 131071 bytes of valid Unicode without NUL, got ""',
    String.raw`args[0] must be a string of at most 131071 bytes of valid Unicode without NUL, got "a\u0000b"`,
    'env[0] must be of the form NAME=value, got "NOEQ"',
    'env[1] must have a name of A-Z a-z 0-9 _ without a leading digit, got "1A"',
    'workingDir must be an absolute path of at most 4095 bytes, got "rel"',
  ]) {
    expect(error.message).toContain(issue);
  }
  expect(error.message).not.toContain("secret");
  expect((await service.jobs.list()).jobs).toEqual([]);
});

test.each(["a/b", "", "-a", "a-", "a.b", "a b", "ä", "x".repeat(64)])(
  "the name %p is refused",
  async (name) => {
    await using service = await openService();
    expect(await errorOf(service.jobs.run({ name, command: "true" }))).toMatchObject({
      code: "INVALID_INPUT",
    });
  },
);

test("a name on record is taken, also for one that is being started at the same time", async () => {
  await using service = await openService();
  const runs = await Promise.allSettled(
    [1, 2, 3].map(() => service.jobs.run({ name: "foo", command: "true" })),
  );
  expect(runs.filter((run) => run.status === "fulfilled")).toHaveLength(1);
  await service.jobs.wait({ name: "foo" });
  expect(await errorOf(service.jobs.run({ name: "foo", command: "true" }))).toMatchObject({
    code: "NAME_TAKEN",
  });
});

test("a caller that has gone starts nothing", async () => {
  await using service = await openService();
  const signal = AbortSignal.abort();
  expect(await errorOf(service.jobs.run({ name: "foo", command: "true" }, { signal }))).toMatchObject({
    code: "CANCELLED",
  });
  expect((await service.jobs.list()).jobs).toEqual([]);
});

test.if(isRoot)(
  "runAs tenant gives each tenant a uid of its own, no way back to root, and no view of the state",
  async () => {
    await using service = await openService();
    const { jobs, stateDir } = service;
    const script = `id -u; id -g; id -G; grep NoNewPrivs /proc/self/status; ls ${stateDir} 2>&1 >/dev/null; cat /proc/$PPID/environ 2>&1`;
    for (const createdBy of ["alice", "bob", "alice2"]) {
      await jobs.run({
        name: `id-${createdBy}`,
        command: "sh",
        args: ["-c", script],
        createdBy,
        runAs: "tenant",
      });
    }
    const lines = (await outputOf(jobs, "id-alice")).split("\n");
    expect(lines.slice(0, 4)).toEqual(["70000", "70000", "70000", "NoNewPrivs:\t1"]);
    expect(lines[4]).toContain("Permission denied");
    expect(lines[5]).toContain("Permission denied");
    expect((await outputOf(jobs, "id-bob")).split("\n")[0]).toBe("70001");
    await jobs.run({ name: "again", command: "id", args: ["-u"], createdBy: "alice", runAs: "tenant" });
    expect(await outputOf(jobs, "again")).toBe("70000\n");
  },
);

test.if(isRoot)("environment and command are those of the account the job runs as", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("private"), "#!/bin/sh\n", { mode: 0o700 });
  await using service = await openService();
  const asked = ["A='1'\n2", "UID=5", "LD_LIBRARY_PATH=/nope"];
  await service.jobs.run({
    name: "env",
    command: "env",
    args: ["-0"],
    env: asked,
    createdBy: "alice",
    runAs: "tenant",
  });
  const entries = (await outputOf(service.jobs, "env")).split("\0");
  expect(entries).toEqual(expect.arrayContaining([...asked, "USER=lpr-70000", "HOME=/"]));
  const hidden = {
    name: "hidden",
    command: dir.join("private"),
    createdBy: "alice",
    runAs: "tenant",
  } as const;
  expect(await errorOf(service.jobs.run(hidden))).toMatchObject({ code: "COMMAND_NOT_FOUND" });
  const entered = {
    name: "entered",
    command: "true",
    workingDir: dir.path,
    createdBy: "alice",
    runAs: "tenant",
  } as const;
  expect(await errorOf(service.jobs.run(entered))).toMatchObject({ code: "INVALID_INPUT" });
});

test.each([
  ["no-such-command", "set PATH in the job's environment"],
  ["/no/such", "look for it on the host"],
  ["./server", 'a relative path begins at the job\'s working directory, which is "/"'],
  ["echo hi; sleep 1", "a line of shell is run by a shell: /bin/sh -c"],
])("of a command that is not there, %p, it is told what to do", async (command, hint) => {
  await using service = await openService();
  const error = await errorOf(service.jobs.run({ name: "foo", command }));
  expect(error).toMatchObject({ code: "COMMAND_NOT_FOUND", hint: expect.stringContaining(hint) });
});
