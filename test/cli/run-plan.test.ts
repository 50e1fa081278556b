import { expect, test } from "bun:test";
import type { JobFile } from "../../src/cli/job-file.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { runOptions } from "../../src/cli/run-options.ts";
import { planRun, type RunPlan } from "../../src/cli/run-plan.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { jobFile } from "./job-file.ts";

const declaration = {
  name: "job run",
  summary: "",
  positionals: { name: { placeholder: "NAME", description: "" } },
  flags: runOptions,
  takesCommand: true,
  reportsProblems: true,
  examples: [],
} as const;

function plan(line: string, file?: JobFile): RunPlan {
  const { flags, args, command, problems } = parseCommandLine<
    typeof runOptions,
    typeof declaration.positionals
  >(declaration, line.split(" ").filter(Boolean));
  return planRun({ file, name: args.name, flags, words: command, problems });
}

function problemsOf(line: string, file?: JobFile): readonly string[] {
  try {
    plan(line, file);
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
  return [];
}

test("every option reaches the run", () => {
  const line =
    "foo -e A=1 -w /tmp --user nobody -l a=1 -l b=2 --timeout 1m --kill-mode all --if-exists replace " +
    "--request-id r1 --dry-run --cpu 0.5 --memory 512M --pids 7 --io-read 10M --io-write 1M --io-read-ops 100 " +
    "--io-write-ops 200 --io-device 8:0 --open-files 64 --isolate -- ls -l";
  expect(plan(line).input).toEqual({
    name: "foo",
    generateName: false,
    command: "ls",
    args: ["-l"],
    env: ["A=1"],
    workingDir: "/tmp",
    user: "nobody",
    labels: { a: "1", b: "2" },
    timeoutMs: 60_000,
    limits: {
      cpuCores: 0.5,
      memoryBytes: 536_870_912,
      pids: 7,
      ioReadBytesPerSecond: 10_485_760,
      ioWriteBytesPerSecond: 1_048_576,
      ioReadOpsPerSecond: 100,
      ioWriteOpsPerSecond: 200,
      ioDevice: "8:0",
      openFiles: 64,
    },
    killMode: "all",
    ifExists: "replace",
    requestId: "r1",
    dryRun: true,
    isolate: true,
  });
});

test("a pool, with what is preferred and how often to run again, reaches the run from both", () => {
  expect(plan("--pool build --prefer disk=ssd --prefer zone=a --retry 2 -- ls").input.fleet).toEqual({
    ...{ pool: "build", prefer: { disk: "ssd", zone: "a" }, retry: 2 },
  });
  const file = jobFile("command: ls\npool: build\nprefer: {disk: ssd}\nretry: 0");
  expect(plan("--prefer zone=a", file).input.fleet).toEqual({
    ...{ pool: "build", prefer: { disk: "ssd", zone: "a" }, retry: 0 },
  });
  expect(plan("-- ls").input.fleet).toBeUndefined();
});

test("who asks for no limits asks for those of the agent", () => {
  expect(plan("foo -- ls").input.limits).toBeUndefined();
});

test("without a NAME one is made, and with --generate-name NAME is its beginning", () => {
  expect(plan("-- ls").input).toMatchObject({ name: undefined, generateName: true });
  expect(plan("foo --generate-name -- ls").input).toMatchObject({ name: "foo", generateName: true });
  const named = jobFile("name: foo\ncommand: ls");
  expect(plan("", named).input).toMatchObject({ name: "foo", generateName: false });
});

test("the command line comes before the job file, lists of both are joined", () => {
  const file = jobFile(
    "name: foo\ncommand: ls\nmemory: 1G\ncpu: 2\nlabel: {a: 1, b: 1}\nenv: {A: 1}\nkill-mode: all\nrm: true\nfollow: true",
  );
  expect(plan("--cpu 0.5 -l b=2 -e A=2 --kill-mode main", file)).toMatchObject({
    input: {
      limits: { cpuCores: 0.5, memoryBytes: 1_073_741_824 },
      labels: { a: "1", b: "2" },
      env: ["A=1", "A=2"],
      killMode: "main",
    },
    attend: "follow",
    remove: true,
  });
});

test("--wait on the command line takes the place of follow in the file, and the other way round", () => {
  expect(plan("--wait -- ls", jobFile("follow: true")).attend).toBe("wait");
  expect(plan("--follow -- ls", jobFile("wait: true")).attend).toBe("follow");
  expect(plan("-- ls", jobFile("wait: true")).attend).toBe("wait");
  expect(plan("-- ls").attend).toBeUndefined();
});

test.each([
  ["foo", ["the command is missing: give it after --, or as command in a job file"]],
  ["--prefer a=b -- ls", [expect.stringContaining("--prefer needs --pool")]],
  ["--retry 1 -- ls", [expect.stringContaining("--retry needs --pool")]],
  ["--pool build --retry often -- ls", [expect.stringContaining("--retry: must be a whole number")]],
  ["foo --follow --wait -- ls", ["--follow and --wait exclude each other"]],
  ["--if-exists replace -- ls", [expect.stringContaining("--if-exists replace needs a NAME")]],
  ["foo --generate-name --if-exists attach -- ls", [expect.stringContaining("exclude each other")]],
  [
    "foo --rm --stop-on-interrupt -- ls",
    [
      expect.stringContaining("--rm needs --follow or --wait"),
      "--stop-on-interrupt needs --follow or --wait",
    ],
  ],
])("%s makes no sense", (line, problems) => {
  expect(problemsOf(line)).toEqual(problems);
});

test("what parsing, the plan and the agent would refuse is told in one go, by the names of the options", () => {
  const line = "bad- --folow -e NOEQ -e 1A=x --cpu many --pids 0 -w relative --open-files 1 -l =x --rm -- ls";
  expect(problemsOf(line)).toEqual([
    "unknown option --folow; did you mean --follow?",
    '-e: must be NAME=value, got "NOEQ"',
    '--cpu: must be a number of cores above 0 such as 0.5 or 2, got "many"',
    '--pids: must be a whole number above 0, got "0"',
    '-l: must be KEY=VALUE, got "=x"',
    "--rm needs --follow or --wait: the job is removed by whoever waits for its end",
    'name must be 1 to 63 of A-Z a-z 0-9 _ -, neither first nor last of them _ or -, got "bad-"',
    '--env must have a name of A-Z a-z 0-9 _ without a leading digit, got "1A"',
    '--workdir must be an absolute path of at most 4095 bytes, got "relative"',
    "--open-files must be an integer from 16 to 1048576, got 1",
  ]);
});
