import { describe, expect, test } from "bun:test";
import { load, type Noun, resolveTarget, subCommands } from "../../src/cli/resolve.ts";
import { ROOT } from "../../src/cli/tree.ts";
import { usageOf } from "../../src/cli/usage.ts";
import { UsageError } from "../../src/cli/usage-error.ts";

async function helpOf(...argv: string[]): Promise<string> {
  const target = await resolveTarget(ROOT, argv);
  if (target.kind !== "help") throw new Error(`${argv.join(" ")} is ${target.kind}`);
  return usageOf(target.path, target.node);
}

async function problemOf(...argv: string[]): Promise<string> {
  return resolveTarget(ROOT, argv).then(
    () => "no problem",
    (error) => (error instanceof UsageError ? error.message : Promise.reject(error)),
  );
}

describe("the help", () => {
  test.each([
    "",
    "job",
    "auth",
    "job run",
    "job logs",
    "job get",
    "job list",
    "job stop",
    "job wait",
    "job signal",
    "job rm",
    "job stats",
    "job watch",
  ])("of lpr %s", async (path) => {
    expect(await helpOf(...path.split(" ").filter(Boolean), "--help")).toMatchSnapshot();
  });
  test.each(["auth login", "auth logout", "auth use", "auth list", "auth whoami"])(
    "of lpr %s",
    async (path) => {
      expect(await helpOf(...path.split(" "), "-h")).toMatchSnapshot();
    },
  );
});

test("lpr help job run is the same as lpr job run --help", async () => {
  expect(await helpOf("help", "job", "run")).toBe(await helpOf("job", "run", "--help"));
  expect(await helpOf("help")).toBe(await helpOf("--help"));
});

test("every verb in the tree declares the name it is called by, and help that fits a terminal", async () => {
  for (const [noun, entry] of Object.entries(subCommands(ROOT))) {
    const node = await load(entry);
    const verbs = Object.entries(subCommands(node));
    const places = verbs.length === 0 ? [noun] : verbs.map(([verb]) => `${noun} ${verb}`);
    for (const place of places) {
      const target = await resolveTarget(ROOT, place.split(" "));
      if (target.kind !== "run") throw new Error(`lpr ${place} is no verb`);
      expect(target.verb.declaration.name).toBe(place);
      expect(target.verb.declaration.summary).not.toEndWith(".");
      const help = await usageOf(place.split(" "), target.verb);
      expect(help.split("\n").filter((line) => line.length > 100)).toEqual([]);
    }
  }
});

test("the noun job may be left out, unless another noun has the word", async () => {
  const target = await resolveTarget(ROOT, ["run", "x", "--", "ls"]);
  expect(target).toMatchObject({ kind: "run", words: ["x", "--", "ls"] });
  expect(await helpOf("ps", "--help")).toBe(await helpOf("job", "list", "--help"));
  expect(await helpOf("help", "logs")).toBe(await helpOf("job", "logs", "--help"));
  expect(await resolveTarget(ROOT, ["version"])).toMatchObject({ kind: "run", words: [] });
});

test("every other word for a verb is for one that there is, and none hides a verb", () => {
  const job = subCommands(ROOT)["job"] as Noun;
  const verbs = Object.keys(subCommands(job));
  expect(verbs).toContainValues(Object.values(job.synonyms) as string[]);
  const words = [...Object.keys(job.synonyms), ...Object.keys(job.unlike)];
  expect([...words, ...verbs].filter((word, index, all) => all.indexOf(word) !== index)).toEqual([]);
});

test("a verb that other tools have and LPR has not says what to do instead", async () => {
  for (const argv of [["job", "restart"], ["restart"]]) {
    const error = await resolveTarget(ROOT, argv).catch((it: UsageError) => it);
    expect(error).toMatchObject({ hint: "lpr job run NAME --if-exists replace -- COMMAND" });
  }
});

test("a verb is found by another word for it, which is not shown", async () => {
  expect(await helpOf("job", "remove", "--help")).toBe(await helpOf("job", "rm", "--help"));
  expect(await helpOf("job", "--help")).not.toContain("remove ");
  expect(await resolveTarget(ROOT, ["job", "remove", "x"])).toMatchObject({ kind: "run", words: ["x"] });
  expect(await problemOf("auth", "remove")).toContain("unknown command lpr auth remove");
});

test("--help behind -- belongs to the job's command", async () => {
  const target = await resolveTarget(ROOT, ["job", "run", "x", "--", "ls", "--help"]);
  expect(target).toMatchObject({ kind: "run", words: ["x", "--", "ls", "--help"] });
});

test.each([
  [["rnu"], "unknown command lpr rnu; did you mean lpr job run?"],
  [["jbo", "run"], "unknown command lpr jbo; did you mean lpr job?"],
  [["job", "kill", "x"], "there is no lpr job kill"],
  [["exec", "x"], "there is no lpr job exec"],
  [["login"], "unknown command lpr login; did you mean lpr auth login?"],
  [["job", "sotp", "x"], "unknown command lpr job sotp; did you mean lpr job stop?"],
  [["job", "frobnicate"], "unknown command lpr job frobnicate"],
  [["constructor"], "unknown command lpr constructor"],
  [["-o", "json", "job"], "unknown option -o: options go after the command"],
  [["help", "nope"], "unknown command lpr nope"],
])("%p is refused", async (argv, problem) => {
  expect(await problemOf(...argv)).toBe(problem);
});

test("a noun alone is incomplete, --version is not", async () => {
  expect(await resolveTarget(ROOT, ["job"])).toMatchObject({ kind: "incomplete", path: ["job"] });
  expect(await resolveTarget(ROOT, [])).toMatchObject({ kind: "incomplete", path: [] });
  expect(await resolveTarget(ROOT, ["--version"])).toEqual({ kind: "version" });
});
