import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";
import { type CommandLine, openCommandLine } from "./lpr.ts";

// Each command is a process of its own, and most tests need several.
let line: CommandLine;
let lpr: CommandLine["lpr"];
let start: CommandLine["start"];
beforeAll(async () => {
  line = await openCommandLine();
  ({ lpr, start } = line);
});
afterAll(() => line[Symbol.asyncDispose]());

test("run prints the job's name as its result and the rest on standard error", async () => {
  expect(await lpr("job", "run", "plain", "--", "/bin/sh", "-c", 'echo "hello"')).toEqual({
    ...{ code: 0, out: "plain\n", err: "job plain started; its output: lpr job logs plain\n" },
  });
  expect(await lpr("job", "logs", "plain")).toEqual({ code: 0, out: "hello\n", err: "" });
});

test("words reach the command byte for byte, U+FFFD too where somebody types it", async () => {
  const words = ["a b", "", "*", "$HOME", "--", "--follow", "line\nline", "é\ufffd😀"];
  const { out } = await lpr("job", "run", "words", "--follow", "--", "printf", "[%s]", ...words);
  expect(out).toBe(words.map((word) => `[${word}]`).join(""));
});

test("run --follow passes on output and exit code", async () => {
  const { code, out, err } = await lpr(
    "job",
    "run",
    "f7",
    "--follow",
    "--",
    "/bin/sh",
    "-c",
    "echo a; exit 7",
  );
  expect({ code, out }).toEqual({ code: 7, out: "a\n" });
  expect(err).toBe("job f7 started\nf7: FAILED, exit code 7\n");
});

test("run --wait and wait exit with 128+n for signals, and say how the job ended", async () => {
  const { code, out } = await lpr("job", "run", "w9", "--wait", "--", "/bin/sh", "-c", "kill -9 $$");
  expect({ code, out }).toEqual({
    code: 137,
    out: "w9: FAILED, exit code 137 (killed by SIGKILL)\n",
  });
  expect(await lpr("job", "wait", "w9")).toEqual({ code: 137, out, err: "" });
});

test("where the job's exit code is asked for, a failure of LPR is 125, a bad command line 2", async () => {
  expect(await lpr("job", "wait", "nope")).toMatchObject({
    code: 125,
    err: expect.stringContaining("lpr: "),
  });
  expect((await lpr("job", "run", "x", "--follow", "--", "no-such-command")).code).toBe(125);
  expect((await lpr("job", "run", "x", "--", "no-such-command")).code).toBe(1);
  expect((await lpr("job", "run", "x", "--follow", "--wait", "--", "ls")).code).toBe(2);
  expect((await lpr("job", "wait")).code).toBe(2);
});

test("an error says what failed and what to do, once, and nothing on standard output", async () => {
  expect(await lpr("job", "run", "x", "--folow", "-e", "NOEQ", "--", "ls")).toEqual({
    code: 2,
    out: "",
    err: [
      "lpr: unknown option --folow; did you mean --follow?",
      'lpr: -e: must be NAME=value, got "NOEQ"',
      "hint: lpr job run --help",
      "",
    ].join("\n"),
  });
});

test("a job file gives name, command, environment and directory; the command line comes first", async () => {
  using dir = tempDir();
  writeFileSync(dir.join("job.env"), "FROM_FILE=1\n");
  writeFileSync(
    dir.join("job.yaml"),
    "name: from-file\ncommand: /bin/sh\narguments: [-c, 'echo $A $B $FROM_FILE $PWD']\nenv: {A: file, B: file}\nenv-file: job.env\nworkdir: /usr\nfollow: true\n",
  );
  expect((await lpr("job", "run", `-f=${dir.join("job.yaml")}`)).out).toBe("file file 1 /usr\n");
  const again = await lpr(
    "job",
    "run",
    "other",
    "-f",
    dir.join("job.yaml"),
    "-e",
    "B=flag",
    "--workdir",
    "/tmp",
  );
  expect(again).toMatchObject({ out: "file flag 1 /tmp\n", err: "job other started\n" });
});

test("-f - reads the job file from standard input", async () => {
  const child = start(["job", "run", "-f", "-"], { stdin: "pipe" });
  if (typeof child.stdin !== "object") throw new Error("no pipe");
  child.stdin.write("name: from-stdin\ncommand: /bin/true\nwait: true\n");
  await child.stdin.end();
  expect(await child.exited).toBe(0);
  expect(await child.stdout.text()).toBe("from-stdin: SUCCEEDED, exit code 0\n");
});

test("a large output reaches a slow reader whole", async () => {
  await lpr("job", "run", "big", "--wait", "--", "/bin/sh", "-c", "head -c 3000000 /dev/zero");
  const child = start(["job", "logs", "big"]);
  const reader = child.stdout.getReader();
  let size = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) size += piece.value.length;
  expect(size).toBe(3_000_000);
  expect(await child.exited).toBe(0);
});

test("a reader that leaves ends the command quietly", async () => {
  // More than pipes hold, and less than a log may: one that passes its size is told of.
  await lpr("job", "run", "endless", "--", "/bin/sh", "-c", "yes | head -c 50000000; exec sleep 100");
  const child = start(["job", "logs", "endless"]);
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  expect(await child.exited).toBe(141);
  expect(await child.stderr.text()).toBe("");
  expect((await lpr("job", "stop", "endless", "--grace-period", "0")).out).toBe(
    "endless: FAILED, exit code 137 (stopped by alice, SIGKILL)\n",
  );
});

test("Ctrl-C ends the following with 130, and the job runs on", async () => {
  const child = start(["job", "run", "goes-on", "--follow", "--", "/bin/sh", "-c", "echo up; sleep 100"]);
  const reader = child.stdout.getReader();
  await reader.read();
  child.kill("SIGINT");
  expect(await child.exited).toBe(130);
  expect(await child.stderr.text()).toContain("job goes-on keeps running: lpr job logs goes-on");
  expect(JSON.parse((await lpr("job", "get", "goes-on", "-o", "json")).out)).toMatchObject({
    status: "RUNNING",
  });
  await lpr("job", "stop", "goes-on");
});

test("stop tells about each job, and fails if one of them could not be stopped", async () => {
  await lpr("job", "run", "s1", "--", "sleep", "100");
  await lpr("job", "run", "s2", "--", "sleep", "100");
  const stopped = "FAILED, exit code 143 (stopped by alice, SIGTERM)";
  expect(await lpr("job", "stop", "s1", "nope", "s2", "--grace-period=1m")).toMatchObject({
    ...{ code: 1, out: `s1: ${stopped}\ns2: ${stopped}\n` },
    err: expect.stringContaining('no job named "nope"'),
  });
  expect((await lpr("job", "stop", "s1", "s1")).out).toBe(`s1: had ended before: ${stopped}\n`);
});

test("a failure that comes before what is told first waits for its turn", async () => {
  await lpr("job", "run", "slow-to-stop", "--", "/bin/sh", "-c", "trap '' TERM; sleep 100 & wait; wait");
  const { code, out, err } = await lpr("job", "stop", "slow-to-stop", "nope", "--grace-period", "300ms");
  expect(code).toBe(1);
  expect(out).toStartWith("slow-to-stop: FAILED, exit code 137");
  expect(err).toBe('lpr: there is no job named "nope"\nhint: lpr job list shows the jobs there are\n');
});

test("list shows the jobs asked for, in every format", async () => {
  await lpr("job", "run", "l1", "--", "sleep", "100");
  const names = async (...argv: string[]) =>
    JSON.parse((await lpr("job", "list", "-o=json", ...argv)).out).map(({ name }: { name: string }) => name);
  expect(await names("--status", "running")).toEqual(["l1"]);
  expect(await names("-s=failed", "-s", "SUCCEEDED")).not.toContain("l1");
  expect(Bun.YAML.parse((await lpr("job", "list", "-oyaml", "-s", "running")).out)).toMatchObject([
    { name: "l1" },
  ]);
  expect((await lpr("job", "list", "-s", "running")).out).toMatch(
    /^NAME +STATUS .*\nl1 +RUNNING +- +alice .* sleep 100\n$/,
  );
  await until(async () => (await lpr("job", "stop", "l1")).code === 0, "l1 has been stopped");
});

test("without HOME, and with everything in one file, whoami works", async () => {
  const { out } = await lpr("auth", "whoami", "-o", "json");
  expect(JSON.parse(out)).toMatchObject({ tenant: "alice", role: "user" });
});

test("login, use, list and logout go together", async () => {
  using dir = tempDir();
  const { LPR_ADDRESS: address = "", LPR_CERT: cert = "", ...rest } = line.env;
  const own = { ...rest, XDG_CONFIG_HOME: dir.path };
  const run = (...argv: string[]) => line.lprWith(own, ...argv);
  expect((await run("job", "list")).err).toContain("not logged in");
  expect((await run("auth", "login", address, "--client-cert", cert)).out).toBe(
    `logged in to ${address} as alice (role user)\n`,
  );
  expect((await run("auth", "login", address, "--cert", cert, "--name", "here")).code).toBe(0);
  expect(JSON.parse((await run("auth", "list", "-o", "json")).out)).toMatchObject([
    { name: address, address, current: false, tenant: "alice", role: "user" },
    { name: "here", address, current: true, tenant: "alice", role: "user" },
  ]);
  expect((await run("auth", "use", address)).out).toBe(`commands now talk to ${address}\n`);
  expect((await run("auth", "logout", `http://${address}`)).err).toContain(`2 logins are to ${address}`);
  expect((await run("auth", "logout", "here")).out).toBe(`logged out of ${address} (here)\n`);
  expect((await run("job", "list")).code).toBe(0);
  expect((await run("auth", "logout", `http://${address}`)).out).toBe(`logged out of ${address}\n`);
  expect((await run("auth", "logout")).code).toBe(1);
});
