import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hasCgroups } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";
import { type CommandLine, listen, openCommandLine } from "./lpr.ts";
import { openProxy } from "./proxy.ts";

// Each command is a process of its own, and most tests need several.
let line: CommandLine;
let lpr: CommandLine["lpr"];
beforeAll(async () => {
  line = await openCommandLine();
  ({ lpr } = line);
});
afterAll(() => line[Symbol.asyncDispose]());

const json = async (...argv: string[]) => JSON.parse((await lpr(...argv, "-o", "json")).out);
const statusOf = async (name: string) => (await json("job", "get", name)).status;

test("below level limits a limit is refused, by the name of its option, and nothing is started", async () => {
  await using unlimited = await openCommandLine({ cgroup: { mode: "off" } });
  const run = ["job", "run", "x", "--cpu", "0.5", "--memory=512M", "--", "sleep", "100"];
  expect(await unlimited.lpr(...run)).toEqual({
    code: 1,
    out: "",
    err: [
      "lpr: this host cannot enforce --cpu, --memory: cgroups are switched off",
      "hint: start the job without these limits, unless the agent has them for all jobs; lpr agent doctor on the host tells what to do",
      "",
    ].join("\n"),
  });
  expect((await unlimited.lpr("job", "list", "-o", "json")).out).toBe("[]\n");
});

test("limits out of range are refused all at once, before anything is sent and by the agent", async () => {
  const sent = await lpr("job", "run", "x", "--open-files", "1", "--pids", "9999999", "--", "true");
  expect(sent.code).toBe(2);
  expect(sent.err).toContain("--pids must be an integer from 1 to 4194304, got 9999999");
  expect(sent.err).toContain("--open-files must be an integer from 16 to 1048576, got 1");
});

test("what makes no sense ends with 2, whoever finds out: the command line, the agent, or both in one go", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("job.yaml"), "comand: ls\nname: ../x\nworkdir: src\n");
  const run = await lpr(
    "job",
    "run",
    "-f",
    dir.join("job.yaml"),
    "-e",
    "NOEQ",
    "--pids",
    "9999999",
    "--follow",
  );
  expect(run).toMatchObject({ code: 2, out: "" });
  expect(run.err.split("\n").filter(Boolean)).toEqual([
    'lpr: -e: must be NAME=value, got "NOEQ"',
    expect.stringMatching(/^lpr: .*job.yaml:1: unknown key "comand"; did you mean command/),
    'lpr: name must be 1 to 63 of A-Z a-z 0-9 _ -, neither first nor last of them _ or -, got "../x"',
    'lpr: --workdir must be an absolute path of at most 4095 bytes, got "src"',
    "lpr: --pids must be an integer from 1 to 4194304, got 9999999",
    "hint: lpr job run --help",
    "hint: lpr help job.yaml",
  ]);
  const denied = ["job", "run", "x", "--user", "nobody;", "--wait", "--", "true"];
  expect((await lpr("job", "stop", "no such name")).code).toBe(2);
  expect((await lpr("job", "wait", "no such name")).code).toBe(2);
  expect((await lpr("job", "stop", "nope")).code).toBe(1);
  expect(await lpr(...denied)).toMatchObject({ code: 125 });
});

test("what was asked for and what is in effect is shown", async () => {
  const options = ["--open-files", "64", "-l", "team=web", "-l", "tier=1", "--kill-mode", "all"];
  await lpr("job", "run", "shown", ...options, "--timeout", "1h", "--wait", "--", "sh", "-c", "ulimit -n");
  expect((await lpr("job", "logs", "shown")).out).toBe("64\n");
  expect(await json("job", "get", "shown")).toMatchObject({
    limits: { openFiles: 64, memoryBytes: null },
    limitsInEffect: { openFiles: 64, memoryBytes: null },
    labels: { team: "web", tier: "1" },
    killMode: "all",
    timeoutAt: expect.stringMatching(/Z$/),
    usage: hasCgroups ? { cpuMs: expect.any(Number) } : null,
  });
  const { out } = await lpr("job", "get", "shown");
  expect(out).toMatch(/^Labels: +team=web, tier=1$/m);
  expect(out).toStartWith("shown succeeded after ");
  expect(out).toMatch(/^open-files +64 +64 +-$/m);
});

test("a dry run checks everything on the agent, prints what would be run, and starts nothing", async () => {
  using dir = tempDir();
  const touch = ["--", "touch", dir.join("touched")];
  const dry = await lpr(
    "job",
    "run",
    "dry",
    "--dry-run",
    "--follow",
    "-e",
    "A=secret",
    "-l",
    "a=1",
    ...touch,
  );
  expect(dry).toMatchObject({ code: 0, err: expect.stringContaining("nothing was started") });
  expect(dry.out).toMatch(/^Name: +dry\nCommand: +touch /);
  expect(dry.out).toMatch(/^Environment: +A$/m);
  expect(dry.out).not.toContain("secret");
  expect(await lpr("job", "run", "dry", "--dry-run", "--", "no-such-command")).toMatchObject({
    ...{ code: 1, err: expect.stringContaining("no-such-command") },
  });
  expect((await lpr("job", "get", "dry")).code).toBe(1);
  expect(existsSync(dir.join("touched"))).toBe(false);
});

test("without a NAME one is made and printed, and with --generate-name NAME begins it", async () => {
  const { out } = await lpr("job", "run", "--", "/bin/true");
  expect(out).toMatch(/^true-[a-z0-9]{5}\n$/);
  expect(await statusOf(out.trim())).toBeString();
  expect((await lpr("job", "run", "web", "--generate-name", "--", "/bin/true")).out).toMatch(
    /^web-[a-z0-9]{5}\n$/,
  );
});

test("a taken name says how to go on, and each of the ways works", async () => {
  await lpr("job", "run", "taken", "--", "sleep", "100");
  const { id } = await json("job", "get", "taken");
  const refused = await lpr("job", "run", "taken", "--", "true");
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toContain('there is a job named "taken" already');
  for (const way of ["--if-exists attach", "--if-exists replace", "lpr job rm taken"]) {
    expect(refused.err).toContain(way);
  }

  expect(await lpr("job", "run", "taken", "--if-exists", "attach", "--", "true")).toEqual({
    ...{ code: 0, out: "taken\n", err: "job taken is there already; its output: lpr job logs taken\n" },
  });
  expect((await json("job", "get", "taken")).id).toBe(id);

  const dry = ["--if-exists", "replace", "--dry-run"];
  expect((await lpr("job", "run", "taken", ...dry, "--", "true")).out).toContain("stopped and removed first");
  expect((await json("job", "get", "taken")).id).toBe(id);

  const replaced = await lpr("job", "run", "taken", "--if-exists", "replace", "--wait", "--", "true");
  expect(replaced).toMatchObject({ code: 0, out: "taken: SUCCEEDED, exit code 0\n" });
  expect((await json("job", "get", "taken")).id).not.toBe(id);
});

test("a job of somebody else can be neither attached to nor replaced", async () => {
  const bob = await line.envOf("bob", "user");
  await line.lprWith(bob, "job", "run", "of-bob", "--", "sleep", "100");
  for (const action of ["attach", "replace"]) {
    const refused = await lpr("job", "run", "of-bob", "--if-exists", action, "--", "true");
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("belongs to somebody else") });
  }
  expect((await line.lprWith(bob, "job", "rm", "of-bob", "--force")).out).toBe("of-bob: removed\n");
});

test("a request id starts one job, however often it is sent; with another command it is refused", async () => {
  const run = ["job", "run", "once", "--request-id", "r-1", "--"];
  expect((await lpr(...run, "true")).err).toContain("job once started");
  const { id } = await json("job", "get", "once");
  expect(await lpr(...run, "true")).toMatchObject({
    ...{ code: 0, out: "once\n", err: expect.stringContaining("was started by this request before") },
  });
  expect((await json("job", "get", "once")).id).toBe(id);
  expect(await lpr(...run, "false")).toMatchObject({ code: 2, err: expect.stringContaining("--request-id") });
});

test("a run whose answer is lost on the way is sent again, and the job started once", async () => {
  using dir = tempDir();
  await using proxy = await openProxy(line.agent.port);
  using client = await line.agent.client();
  // A run of 40 KB gets through, below the 64 KiB that HTTP/2 sends unasked; the answer to it does not.
  proxy.deafAfterBytes = 30_000;
  const padding = `PADDING=${"x".repeat(40_000)}`;
  const script = `echo started >>${dir.join("starts")}; exec sleep 100`;
  const child = line.start(["job", "run", "cut-off", "-e", padding, "--", "/bin/sh", "-c", script], {
    // An admin's job may write to the directory of the test.
    env: { ...(await line.envOf("root", "admin")), LPR_ADDRESS: proxy.address },
  });
  await until(
    () =>
      client.get({ name: "cut-off" }).then(
        () => true,
        () => false,
      ),
    "the agent has started the job",
  );
  proxy.deafAfterBytes = Number.POSITIVE_INFINITY;
  proxy.cut();
  expect(await child.exited).toBe(0);
  expect(await child.stdout.text()).toBe("cut-off\n");
  const err = await child.stderr.text();
  expect(err).toContain("lost the agent while it was starting the job, trying again");
  expect(err).toContain("job cut-off started");
  await until(() => existsSync(dir.join("starts")), "the job has begun");
  expect(readFileSync(dir.join("starts"), "utf8")).toBe("started\n");
});

test("a time-out ends the job, and says so", async () => {
  const run = ["job", "run", "late", "--timeout", "200ms", "--wait", "--", "sleep", "100"];
  expect(await lpr(...run)).toMatchObject({
    code: 143,
    out: "late: FAILED, exit code 143 (stopped by its time-out of 200ms, SIGTERM)\n",
  });
  expect(await json("job", "get", "late")).toMatchObject({ reason: "TIMED_OUT", signal: "SIGTERM" });
});

test("rm removes what has ended, --force also what runs, and each failure is told", async () => {
  await lpr("job", "run", "gone", "--wait", "--", "true");
  await lpr("job", "run", "runs", "--", "sleep", "100");
  const mixed = await lpr("job", "rm", "gone", "runs", "nope");
  expect(mixed).toMatchObject({ code: 1, out: "gone: removed\n" });
  expect(mixed.err).toContain('job "runs" is running\nhint: lpr job rm runs --force stops it first\n');
  expect(mixed.err).toContain('no job named "nope"');
  expect(await statusOf("runs")).toBe("RUNNING");
  expect(await lpr("job", "remove", "-f", "runs")).toEqual({ code: 0, out: "runs: removed\n", err: "" });
  expect((await lpr("job", "get", "runs")).code).toBe(1);
  expect((await lpr("job", "rm", "--force")).code).toBe(2);
});

test("--rm leaves nothing of a job but its output and its exit code", async () => {
  const run = ["job", "run", "passing", "--rm", "--follow", "--", "/bin/sh", "-c", "echo out; exit 7"];
  expect(await lpr(...run)).toMatchObject({ code: 7, out: "out\n" });
  expect((await lpr("job", "get", "passing")).err).toContain("no job named");
  expect((await lpr(...run)).code).toBe(7);
  expect(await lpr("job", "run", "x", "--rm", "--", "true")).toMatchObject({
    ...{ code: 2, err: expect.stringContaining("--rm needs --follow or --wait") },
  });
});

test("a signal reaches the main process, --all every one", async () => {
  const handler = 'trap "echo got-usr1" USR1; echo ready; while :; do sleep 0.05; done';
  const child = line.start(["job", "run", "hears", "--follow", "--", "/bin/sh", "-c", handler]);
  const output = listen(child.stdout);
  await output.until("ready");
  expect(await lpr("job", "signal", "hears", "usr1")).toEqual({
    ...{ code: 0, out: "", err: "USR1 sent to the main process of job hears\n" },
  });
  await output.until("got-usr1");
  expect((await lpr("job", "signal", "hears", "NOSUCH")).err).toContain("name of a signal");
  expect((await lpr("job", "signal", "hears", "SIGKILL", "--all")).code).toBe(0);
  expect(await child.exited).toBe(137);
  expect(await lpr("job", "signal", "hears", "HUP")).toMatchObject({
    ...{ code: 1, err: expect.stringContaining("lpr job get hears shows how") },
  });
});

test("Ctrl-C with --stop-on-interrupt stops the job, shows its last words and exits 130", async () => {
  const polite = 'trap "echo bye; exit 5" TERM; echo ready; while :; do sleep 0.05; done';
  const options = ["--follow", "--rm", "--stop-on-interrupt"];
  const child = line.start(["job", "run", "polite", ...options, "--", "/bin/sh", "-c", polite]);
  const [output, remarks] = [listen(child.stdout), listen(child.stderr)];
  await output.until("ready");
  child.kill("SIGINT");
  expect(await child.exited).toBe(130);
  await output.until("bye");
  await remarks.until("polite: FAILED, exit code 5 (stopped by alice)");
  expect((await lpr("job", "get", "polite")).code).toBe(1);
});

test("a second Ctrl-C kills a job that does not want to stop", async () => {
  const stubborn = 'trap "" TERM; echo ready; while :; do sleep 0.05; done';
  const child = line.start([
    "job",
    "run",
    "stubborn",
    "--wait",
    "--stop-on-interrupt",
    "--",
    "sh",
    "-c",
    stubborn,
  ]);
  const remarks = listen(child.stderr);
  await until(
    async () => (await lpr("job", "logs", "--no-follow", "stubborn")).out === "ready\n",
    "it is ready",
  );
  child.kill("SIGINT");
  await remarks.until("Ctrl-C again kills it");
  child.kill("SIGINT");
  expect(await child.exited).toBe(130);
  expect(await json("job", "get", "stubborn")).toMatchObject({ signal: "SIGKILL", causedBy: "alice" });
});

test("list finds jobs by all of the labels given", async () => {
  await lpr("job", "run", "red-1", "-l", "color=red", "-l", "n=1", "--", "true");
  await lpr("job", "run", "red-2", "-l", "color=red", "-l", "n=2", "--", "true");
  const names = async (...argv: string[]) =>
    (await json("job", "list", ...argv)).map(({ name }: { name: string }) => name);
  expect(await names("--label", "color=red")).toEqual(["red-2", "red-1"]);
  expect(await names("-l", "color=red", "-l", "n=1")).toEqual(["red-1"]);
  expect(await names("-l", "color=blue")).toEqual([]);
  expect((await lpr("job", "list", "-l", "color")).code).toBe(2);
});

test("a job file may hold every option", async () => {
  using dir = tempDir();
  writeFileSync(
    dir.join("job.yaml"),
    "name: full\ncommand: sh\narguments: [-c, ulimit -n]\nopen-files: 77\nlabel: {from: file}\ntimeout: 1m\nfollow: true\n",
  );
  const run = ["job", "run", "-f", dir.join("job.yaml"), "-l", "more=1"];
  expect((await lpr(...run)).out).toBe("77\n");
  expect(await json("job", "get", "full")).toMatchObject({ labels: { from: "file", more: "1" } });
});

test("watch tells of start, end and removal, also of what happened while the agent was out of reach", async () => {
  await using proxy = await openProxy(line.agent.port);
  const env = { ...line.env, LPR_ADDRESS: proxy.address };
  const people = line.start(["job", "watch"], { env });
  const programs = line.start(["job", "watch", "-o", "json"], { env });
  const [table, documents] = [listen(people.stdout), listen(programs.stdout)];
  await table.until("TIME");
  // That JSON has no head to wait for: the first event tells that this one is live as well.
  await until(async () => {
    await lpr("job", "run", "early", "--if-exists", "replace", "--wait", "--", "true");
    return documents.text().includes('"early"');
  }, "both watch");
  proxy.isOpen = false;
  proxy.cut();
  await lpr("job", "run", "seen", "--rm", "--wait", "--", "/bin/sh", "-c", "exit 3");
  proxy.isOpen = true;
  await table.until("seen                  REMOVED");
  const rows = table
    .text()
    .split("\n")
    .filter((row) => row.includes(" seen "));
  expect(rows.map((row) => row.replace(/^\S+ +/, "").replace(/ +/g, " "))).toEqual([
    "seen STARTED by alice: /bin/sh -c 'exit 3'",
    "seen ENDED FAILED, exit code 3",
    "seen REMOVED",
  ]);
  await until(() => documents.text().split('"name":"seen"').length === 4, "all three came as JSON");
  const events = documents
    .text()
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text))
    .filter(({ job }) => job.name === "seen");
  expect(events).toMatchObject([
    { type: "STARTED", job: { status: "RUNNING" } },
    { type: "ENDED", job: { status: "FAILED", exitCode: 3 } },
    { type: "REMOVED" },
  ]);
  const [started, ended] = events;
  expect(ended.sequence).toBe(started.sequence + 1);

  const watchFrom = (sequence: number, ...names: string[]) =>
    line.start(["job", "watch", ...names, "-o", "json", "--since-sequence", String(sequence)]);
  const [after, of] = [watchFrom(started.sequence), watchFrom(started.sequence - 2, "seen")];
  const [replayed, filtered] = [listen(after.stdout), listen(of.stdout)];
  await replayed.until('"REMOVED"');
  expect(replayed.text()).not.toContain('"STARTED"');
  await filtered.until('"REMOVED"');
  expect(filtered.text()).toContain('"STARTED"');
  expect(filtered.text()).not.toContain('"early"');
  const all = [people, programs, after, of];
  for (const child of all) child.kill("SIGINT");
  expect(await Promise.all(all.map((child) => child.exited))).toEqual([130, 130, 130, 130]);
});

test.each(["json", "table"])(
  "events that are not kept any more end the watch before its head: %s",
  async (format) => {
    expect(await lpr("job", "watch", "-o", format, "--since-sequence", "1")).toEqual({
      ...{ code: 1, out: "" },
      err: "lpr: events after 1 are not kept\nhint: lpr job list shows the jobs as they are; lpr job watch goes on from now\n",
    });
  },
);

test("an agent that cannot be reached ends watch and stats at once", async () => {
  const env = { ...line.env, LPR_ADDRESS: "localhost:1" };
  for (const verb of ["watch", "stats"]) {
    expect(await line.lprWith(env, "job", verb)).toMatchObject({
      ...{ code: 1, out: "", err: expect.stringContaining("no agent listens") },
    });
  }
});

test("stats of a running job: once when piped, a line of JSON per sample with an interval", async () => {
  await lpr("job", "run", "busy", "--", "/bin/sh", "-c", "while :; do :; done");
  const once = await json("job", "stats");
  expect(once.jobs.map(({ name }: { name: string }) => name)).toContain("busy");
  expect((await lpr("job", "stats", "--no-stream")).out).toMatch(/^NAME +CPU TIME .*\n(.*\n)*busy /);
  expect((await lpr("job", "stats", "busy")).out).toMatch(/^Name: +busy\n/);
  expect(Bun.YAML.parse((await lpr("job", "stats", "busy", "-o", "yaml")).out)).toMatchObject({
    jobs: [{ name: "busy", rates: { cpuCores: null } }],
  });
  expect((await lpr("job", "stats", "--no-stream", "--interval", "1s")).code).toBe(2);

  const child = line.start(["job", "stats", "busy", "-o", "json", "--interval", "100ms"]);
  const output = listen(child.stdout);
  await until(() => output.text().split("\n").length > 3, "three samples have come");
  const [first, second] = output
    .text()
    .split("\n")
    .slice(0, 2)
    .map((text) => JSON.parse(text));
  expect(first.jobs[0].rates.cpuCores).toBeNull();
  expect(Date.parse(second.time)).toBeGreaterThan(Date.parse(first.time));
  if (hasCgroups) expect(second.jobs[0].rates.cpuCores).toBeGreaterThan(0);
  // Nobody has to stop it: it ends with the job.
  await lpr("job", "stop", "busy");
  expect(await child.exited).toBe(0);
  expect(await child.stderr.text()).toBe("job busy has ended: lpr job get busy\n");
});

test("stats of a job that has ended is what it used in all; of no jobs it is a remark", async () => {
  await lpr("job", "run", "done", "--wait", "--", "true");
  expect((await json("job", "stats", "done")).jobs).toMatchObject([{ name: "done" }]);
  const bob = await line.envOf("bob", "user");
  expect(await line.lprWith(bob, "job", "stats")).toMatchObject({ code: 0, err: "no running jobs\n" });
  expect((await lpr("job", "stats", "nope")).code).toBe(1);
});

test("wait, get and signal take several jobs: the highest exit code counts, documents are a list", async () => {
  const exits = (code: number) => [
    "--",
    "/bin/sh",
    "-c",
    `trap 'exit ${code}' HUP; echo ready; while :; do sleep 0.05; done`,
  ];
  for (const [name, code] of [
    ["of-3", 3],
    ["of-0", 0],
  ] as const)
    await lpr("job", "run", name, ...exits(code));
  const documents = await json("job", "get", "of-3", "of-0");
  expect(documents.map(({ name }: { name: string }) => name)).toEqual(["of-3", "of-0"]);
  const waiting = line.start(["job", "wait", "of-0", "of-3"]);
  const shown = listen(waiting.stdout);
  for (const name of ["of-3", "of-0"]) {
    await until(
      async () => (await lpr("job", "logs", name, "--no-follow")).out === "ready\n",
      `${name} has set its trap`,
    );
  }
  await lpr("job", "signal", "of-3", "HUP");
  await shown.until("of-3: FAILED, exit code 3\n");
  expect(await lpr("job", "signal", "of-3", "of-0", "hup")).toMatchObject({
    ...{ code: 1, err: expect.stringContaining("HUP sent to the main process of job of-0") },
  });
  expect(await waiting.exited).toBe(3);
  expect((await lpr("job", "wait", "of-0", "nope")).code).toBe(125);
  const partly = await lpr("job", "get", "of-0", "nope", "-o", "json");
  expect(partly).toMatchObject({ code: 1, err: expect.stringContaining('no job named "nope"') });
  expect(JSON.parse(partly.out)).toMatchObject([{ name: "of-0", status: "SUCCEEDED" }]);
});

test("a name that was mistyped is answered with the one that was meant, of jobs one may see", async () => {
  await lpr("job", "run", "nightly-backup", "--wait", "--", "true");
  for (const verb of ["get", "stop", "logs", "wait", "rm"]) {
    const { code, err } = await lpr("job", verb, "nightly-bakcup");
    expect(code).not.toBe(0);
    expect(err).toContain('no job named "nightly-bakcup"; did you mean nightly-backup?');
  }
  expect((await lpr("job", "get", "nothing-like-it")).err).not.toContain("did you mean");
  const bob = await line.envOf("bob", "user");
  expect((await line.lprWith(bob, "job", "get", "nightly-bakcup")).err).not.toContain("did you mean");
});
