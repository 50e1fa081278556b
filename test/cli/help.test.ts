import { describe, expect, test } from "bun:test";
import { load, resolveTarget, subCommands } from "../../src/cli/resolve.ts";
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
  [["run"], "unknown command lpr run; did you mean lpr job run?"],
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
