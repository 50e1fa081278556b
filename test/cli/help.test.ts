import { describe, expect, test } from "bun:test";
import type { CommandDef } from "citty";
import type { Command } from "../../src/cli/command.ts";
import { withBoldHeadings } from "../../src/cli/help/headings.ts";
import { manualText } from "../../src/cli/help/manual-text.ts";
import { findTopic, TOPICS } from "../../src/cli/help/topics.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { load, type Noun, type Root, resolveTarget, subCommands } from "../../src/cli/resolve.ts";
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

/** Every place that has help, the root being "". */
const PLACES = await placesOf(ROOT);

async function placesOf(node: CommandDef, path = ""): Promise<string[]> {
  const below = Object.entries(subCommands(node)).map(async ([name, entry]) =>
    placesOf(await load(entry), `${path} ${name}`.trim()),
  );
  return [path, ...(await Promise.all(below)).flat()];
}

describe("the help", () => {
  test.each(PLACES)("of lpr %s", async (place) => {
    expect(await helpOf(...place.split(" ").filter(Boolean), "--help")).toMatchSnapshot();
  });

  test.each(PLACES)(
    "of lpr %s has examples, and each of them is a command line that is understood",
    async (place) => {
      const { node } = await placeOf(place);
      const examples =
        "declaration" in node ? (node as Command).declaration.examples : (node as Root).examples;
      expect(examples.length).toBeGreaterThan(0);
      for (const [line] of examples) {
        for (const words of commandLinesIn(line)) {
          const target = await resolveTarget(ROOT, words);
          if (target.kind === "run") parseCommandLine(target.verb.declaration, target.words);
          else expect(target.kind, line).toBe("topic");
        }
      }
    },
  );
});

async function placeOf(place: string) {
  const target = await resolveTarget(ROOT, [...place.split(" ").filter(Boolean), "--help"]);
  if (target.kind !== "help") throw new Error(`${place} is ${target.kind}`);
  return target;
}

/** The words of each call of lpr in an example, in which others may stand round it. */
function commandLinesIn(line: string): string[][] {
  const calls = [...line.matchAll(/(?:^|[\s(])lpr ((?:'[^']*'|\$\([^)]*\)|[^|)&])+)/g)].map(
    ([, words = ""]) => words,
  );
  if (calls.length === 0) throw new Error(`${line} calls no lpr`);
  return calls.map((call) =>
    (call.match(/(?:'[^']*'|\$\([^)]*\)|\S)+/g) ?? []).filter((word) => !/^\d?[<>]/.test(word)),
  );
}

describe("a topic", () => {
  test.each(TOPICS)("$name is a manual that can be read on a terminal", async ({ load }) => {
    const text = manualText(await load());
    // What is set as code stays as wide as it is.
    const prose = text.split("\n").filter((line) => !line.startsWith("    "));
    expect(prose.filter((line) => line.length > 100)).toEqual([]);
    // Marks within code are its own.
    expect(prose.join("\n")).not.toMatch(/\*\*|\]\(|^\|/m);
  });

  test("is found whatever its case, and by help alone", async () => {
    expect(await resolveTarget(ROOT, ["help", "Job.YAML"])).toMatchObject({ topic: { name: "job.yaml" } });
    expect(await problemOf("job.yaml")).toBe("unknown command lpr job.yaml; did you mean lpr help job.yaml?");
  });

  test("exit-codes is laid out as it was written", async () => {
    expect(manualText((await findTopic("exit-codes")?.load()) ?? "")).toMatchSnapshot();
  });
});

test("headings are bold on a terminal, and nothing else is", async () => {
  const bold = (text: string) =>
    withBoldHeadings(text)
      .split("\u001b[1m")
      .slice(1)
      .map((piece) => piece.split("\u001b")[0] ?? "");
  const usage = bold(await helpOf("job", "stop", "--help"));
  expect(usage).toEqual(["Usage:", "Arguments:", "Options:", "Connection:", "Examples:"]);
  const manual = "# Exit codes\n\nLike this:\n\n    X: y\n\n## In scripts\n\nA:\n";
  expect(bold(manualText(manual))).toEqual(["EXIT CODES", "IN SCRIPTS"]);
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
  [["job", "kill", "x"], "there is no command kill"],
  [["exec", "x"], "there is no command exec"],
  [["login"], "unknown command lpr login; did you mean lpr auth login?"],
  [["job", "sotp", "x"], "unknown command lpr job sotp; did you mean lpr job stop?"],
  [["job", "frobnicate"], "unknown command lpr job frobnicate"],
  [["constructor"], "unknown command lpr constructor"],
  [["-o", "json", "job"], "unknown option -o: options go after the command"],
  [["help", "nope"], 'no help on "nope"'],
  [["help", "exit-code"], 'no help on "exit-code"; did you mean exit-codes?'],
  [["help", "job", "sotp"], "unknown command lpr job sotp; did you mean lpr job stop?"],
])("%p is refused", async (argv, problem) => {
  expect(await problemOf(...argv)).toBe(problem);
});

test("a noun alone is incomplete, --version is not", async () => {
  expect(await resolveTarget(ROOT, ["job"])).toMatchObject({ kind: "incomplete", path: ["job"] });
  expect(await resolveTarget(ROOT, [])).toMatchObject({ kind: "incomplete", path: [] });
  for (const word of ["--version", "-V", "-v"])
    expect(await resolveTarget(ROOT, [word])).toEqual({ kind: "version" });
});
