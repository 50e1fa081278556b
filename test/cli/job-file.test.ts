import { expect, test } from "bun:test";
import { parseJobFile } from "../../src/cli/job-file.ts";
import { runOptions } from "../../src/cli/run-options.ts";
import { jobFile } from "./job-file.ts";

function problemsOf(text: string): readonly string[] {
  const problems: string[] = [];
  parseJobFile(text, "job.yaml", problems);
  return problems;
}

test("the example of the design runs `cmd arg1 arg2 -a=flag-value --long-flag=true ...`", () => {
  const file = jobFile(
    `name: "foo"
command: cmd
arguments:
  - arg1
  - arg2
flags:
  a: flag-value
  long-flag: true
  repeated-flag:
    - flag-value1
    - flag-value2
`,
  );
  expect(file.name).toBe("foo");
  expect([file.command, ...file.args].join(" ")).toBe(
    "cmd arg1 arg2 -a=flag-value --long-flag=true --repeated-flag=flag-value1 --repeated-flag=flag-value2",
  );
});

test("flags come after the arguments wherever they stand in the file", () => {
  expect(jobFile("flags: {x: 1}\narguments: [a]\n").args).toEqual(["a", "-x=1"]);
});

test("numbers and words reach the command as they are written", () => {
  const { args } = jobFile("arguments: [1.0, 007, yes, 0x1F, ~x, 'true', 1e3]\nflags: {off: false}");
  expect(args).toEqual(["1.0", "007", "yes", "0x1F", "~x", "true", "1e3", "--off=false"]);
});

test("env is a map or a list, env-file is relative to the job file", () => {
  expect(jobFile("env: {A: 1, B: 'x y', C: ''}").options.env).toEqual(["A=1", "B=x y", "C="]);
  expect(jobFile("env: [A=1, 'B=x=y']").options.env).toEqual(["A=1", "B=x=y"]);
  expect(jobFile("env-file: a.env", "/jobs/job.yaml").options["env-file"]).toEqual(["/jobs/a.env"]);
  expect(jobFile("env-file: [a.env, /b.env]", "/jobs/job.yaml").options["env-file"]).toEqual([
    "/jobs/a.env",
    "/b.env",
  ]);
});

test("options of run go by their long names", () => {
  const file = jobFile("workdir: /tmp\nfollow: true\nwait: false");
  expect(file.options).toEqual({ workdir: "/tmp", follow: true, wait: false });
});

test("every option of run may stand in the file, as it is written on the command line", () => {
  const written: Record<string, unknown> = {
    ...{ env: ["A=1"], "env-file": "/a.env", workdir: "/tmp", user: "nobody", label: ["a=1"] },
    ...{ timeout: "1m30s", "kill-mode": "all", "generate-name": true, "if-exists": "replace" },
    ...{
      "request-id": "r1",
      "dry-run": true,
      follow: true,
      wait: false,
      rm: true,
      "stop-on-interrupt": true,
    },
    ...{ cpu: 0.5, memory: "512M", pids: 100, "io-read": "10M", "io-write": 1048576, "io-read-ops": 10 },
    ...{ "io-write-ops": 20, "io-device": "8:0", "open-files": 64, isolate: true },
    ...{ "split-output": true, "max-log-size": "64K", pool: "build", prefer: ["disk=ssd"], retry: 2 },
  };
  expect(Object.keys(written).toSorted()).toEqual(Object.keys(runOptions).toSorted());
  expect(jobFile(Bun.YAML.stringify(written)).options).toEqual({
    ...{ env: ["A=1"], "env-file": ["/a.env"], workdir: "/tmp", user: "nobody", label: ["a=1"] },
    ...{ timeout: 90_000, "kill-mode": "all", "generate-name": true, "if-exists": "replace" },
    ...{
      "request-id": "r1",
      "dry-run": true,
      follow: true,
      wait: false,
      rm: true,
      "stop-on-interrupt": true,
    },
    ...{
      cpu: 0.5,
      memory: 2 ** 29,
      pids: 100,
      "io-read": 10 * 2 ** 20,
      "io-write": 2 ** 20,
      "io-read-ops": 10,
    },
    ...{ "io-write-ops": 20, "io-device": "8:0", "open-files": 64, isolate: true },
    ...{ "split-output": true, "max-log-size": 65_536, pool: "build", prefer: ["disk=ssd"], retry: 2 },
  });
});

test("labels are a map or a list", () => {
  const labels = (text: string) => jobFile(text).options.label;
  expect(labels("label: {team: web, tier: 1, empty: ''}")).toEqual(["team=web", "tier=1", "empty="]);
  expect(labels("label: [team=web, 'a=b=c']")).toEqual(["team=web", "a=b=c"]);
});

test("values that an option does not take are reported by line, all at once", () => {
  const text = `cpu: lots
memory: 5X
pids: 0
timeout: 10
kill-mode: some
rm: yes
label:
  - team
  - {a: 1}
labels: {a: 1}
env: {A=B: c}
`;
  expect(problemsOf(text)).toEqual([
    'job.yaml:1: cpu must be a number of cores above 0 such as 0.5 or 2, got "lots"',
    'job.yaml:2: memory must be a size such as 512M, 1.5G or 64K (powers of 1024), or bytes, got "5X"',
    'job.yaml:3: pids must be a whole number above 0, got "0"',
    'job.yaml:4: timeout needs a unit, got "10": 10s, 10m or 10h?',
    'job.yaml:5: kill-mode must be main or all, got "some"',
    'job.yaml:6: rm must be true or false, got "yes"',
    'job.yaml:8: label must be KEY=VALUE, got "team"',
    "job.yaml:9: label must be a text, got a map",
    'job.yaml:10: unknown key "labels"; did you mean label?',
    'job.yaml:11: names in env hold no =, got "A=B"',
  ]);
});

test("anchors may be used", () => {
  const { args, options } = jobFile("arguments: [&a x, *a]\nenv: &e {A: 1}\n");
  expect(args).toEqual(["x", "x"]);
  expect(options.env).toEqual(["A=1"]);
});

test("every problem is reported at once, by line, with the closest valid key", () => {
  const text = `nmae: foo
command: [a]
arguments: x
flags:
  --dashed: 1
  empty:
  deep: {a: 1}
env:
  - NOEQ
workdir:
follow: maybe
zzzzzz: 1
`;
  expect(problemsOf(text)).toEqual([
    'job.yaml:1: unknown key "nmae"; did you mean name?',
    "job.yaml:2: command must be a text, got a list: what follows the program goes into arguments",
    'job.yaml:3: arguments must be a list, got "x"',
    'job.yaml:5: flags are named without dashes, got "--dashed"',
    "job.yaml:6: flag empty must be a text, got nothing",
    "job.yaml:7: flag deep must be a text, got a map",
    'job.yaml:9: env must be NAME=value, got "NOEQ"',
    "job.yaml:10: workdir must be a text, got nothing",
    'job.yaml:11: follow must be true or false, got "maybe"',
    'job.yaml:12: unknown key "zzzzzz"; valid are name, command, arguments, flags and the options of lpr job run',
  ]);
});

test.each([
  ["", "a job file is a map"],
  ["- a", "a job file is a map"],
  ["just text", "a job file is a map"],
])("%p is no job file", (text, problem) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining(problem)]);
});

test("broken YAML, a key given twice and a second document are reported by line", () => {
  expect(problemsOf("name: a\nname: b\n")).toEqual([expect.stringMatching(/^job\.yaml:2: /)]);
  expect(problemsOf("name: 'a\n")[0]).toMatch(/^job\.yaml:\d+: /);
  expect(problemsOf("name: a\n---\nname: b\n")[0]).toMatch(/^job\.yaml:2: /);
});
