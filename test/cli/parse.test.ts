import { expect, test } from "bun:test";
import type { AnyDeclaration } from "../../src/cli/command.ts";
import { parseDuration } from "../../src/cli/duration.ts";
import { parseCommandLine, splitAtDashes } from "../../src/cli/parse.ts";
import { UsageError } from "../../src/cli/usage-error.ts";

const declaration: AnyDeclaration = {
  name: "thing do",
  summary: "Do a thing",
  examples: [],
  positionals: {
    name: { placeholder: "NAME", description: "", required: true },
    others: { placeholder: "OTHER", description: "", multiple: true },
  },
  flags: {
    file: { type: "string", short: "f", placeholder: "FILE", description: "", aliases: ["job-file"] },
    output: {
      type: "string",
      short: "o",
      placeholder: "X",
      choices: ["table", "json"],
      default: "table",
      description: "",
    },
    env: { type: "string", short: "e", placeholder: "E", multiple: true, description: "" },
    grace: { type: "string", placeholder: "D", parse: parseDuration, default: "10s", description: "" },
    follow: { type: "boolean", short: "F", default: true, description: "" },
    quiet: { type: "boolean", short: "q", description: "" },
  },
  takesCommand: true,
};

// biome-ignore lint/suspicious/noExplicitAny: a declaration without types gives values without types
function parse(...argv: string[]): any {
  return parseCommandLine(declaration, argv);
}

function problemsOf(...argv: string[]): readonly string[] {
  try {
    parse(...argv);
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
  return [];
}

test("words are split at the first -- only", () => {
  expect(splitAtDashes(["a", "--", "b", "--", "c"])).toEqual({
    words: ["a"],
    commandWords: ["b", "--", "c"],
  });
  expect(splitAtDashes(["a"])).toEqual({ words: ["a"] });
  expect(splitAtDashes(["--"])).toEqual({ words: [], commandWords: [] });
});

test.each([
  [["-f=job.yaml"]],
  [["-fjob.yaml"]],
  [["-f", "job.yaml"]],
  [["--file=job.yaml"]],
  [["--file", "job.yaml"]],
  [["--job-file", "job.yaml"]],
  [["-qf=job.yaml"]],
])("%p names the file", (words) => {
  expect(parse("n", ...words).flags.file).toBe("job.yaml");
});

test("a value may be empty, hold =, or be a lone dash for standard input", () => {
  expect(parse("n", "--file=").flags.file).toBe("");
  expect(parse("n", "-e=A=1").flags.env).toEqual(["A=1"]);
  expect(parse("n", "--env", "A=b=c").flags.env).toEqual(["A=b=c"]);
  expect(parse("n", "-f", "-").flags.file).toBe("-");
});

test("a repeated option keeps all of its values, in order", () => {
  expect(parse("n", "-e", "A=1", "--env=B=2", "-eC=3").flags.env).toEqual(["A=1", "B=2", "C=3"]);
});

test("what is not given has its default, parsed like a value", () => {
  expect(parse("n").flags).toEqual({
    file: undefined,
    output: "table",
    env: [],
    grace: 10_000,
    follow: true,
    quiet: false,
  });
});

test("a flag that is on by default is turned off by --no-", () => {
  expect(parse("n", "--no-follow").flags.follow).toBe(false);
  expect(parse("n", "-F").flags.follow).toBe(true);
  expect(problemsOf("n", "--no-quiet")).toEqual([expect.stringContaining("unknown option --no-quiet")]);
});

test("options may stand before, between and after the positionals", () => {
  const { args, flags } = parse("-q", "a", "-o", "json", "b", "c", "--grace", "1m");
  expect(args).toEqual({ name: "a", others: ["b", "c"] });
  expect(flags).toMatchObject({ quiet: true, output: "json", grace: 60_000 });
});

test("what follows -- is the command and never an option", () => {
  const { command, flags } = parse("n", "--", "ls", "-q", "--bogus", "--", "x");
  expect(command).toEqual(["ls", "-q", "--bogus", "--", "x"]);
  expect(flags.quiet).toBe(false);
});

test("an unknown option is refused with the closest valid name, and its value is not taken for a positional", () => {
  expect(problemsOf("n", "--folow")).toEqual(["unknown option --folow; did you mean --follow?"]);
  expect(problemsOf("n", "--outptu", "json")).toEqual(["unknown option --outptu; did you mean --output?"]);
  expect(problemsOf("n", "--xyzzy")).toEqual(["unknown option --xyzzy"]);
  expect(problemsOf("n", "-z")).toEqual(["unknown option -z"]);
  expect(problemsOf("n", "--__proto__=1", "--constructor")).toHaveLength(2);
});

test("all problems of a command line are reported at once", () => {
  expect(problemsOf("--folow", "-o", "xml", "--quiet=1", "--grace", "soon", "--file")).toEqual([
    "unknown option --folow; did you mean --follow?",
    '-o must be one of table, json, got "xml"',
    "--quiet takes no value, got 1",
    '--grace: must be a duration such as 10s, 500ms, 1m30s or 2h, got "soon"',
    "--file needs a value: --file FILE",
    "NAME is missing",
  ]);
});

test("an option is no value of the option before it", () => {
  expect(problemsOf("n", "--file", "--quiet")).toEqual(["--file needs a value: --file FILE"]);
});

test("an option that takes one value may be given only once", () => {
  expect(problemsOf("n", "-f", "a", "--file", "b")).toEqual(["--file may be given only once"]);
});

const single = { ...declaration, positionals: { name: { placeholder: "NAME", description: "" } } };

test("a positional too many is refused, and a command without -- is shown with it, whatever its options look like", () => {
  const plain = { ...single, takesCommand: false };
  expect(() => parseCommandLine(plain, ["foo", "/bin/ls"])).toThrow('unexpected "/bin/ls"');
  const undivided = ["foo", "-q", "sh", "-o", "it's"];
  expect(() => parseCommandLine(single, undivided)).toThrow(
    expect.objectContaining({
      problems: ["the command to run goes after --"],
      hint: "lpr thing do foo -q -- sh -o 'it'\\''s'",
    }),
  );
});

test("several positionals leave those after them what they need", () => {
  const signal = {
    ...{ name: "job signal", summary: "", examples: [] },
    positionals: {
      names: { placeholder: "NAME", description: "", required: true, multiple: true },
      signal: { placeholder: "SIGNAL", description: "", required: true },
    },
  };
  const args = (...words: string[]): unknown => parseCommandLine(signal, words).args;
  expect(args("a", "b", "HUP")).toEqual({ names: ["a", "b"], signal: "HUP" });
  expect(args("a", "HUP")).toEqual({ names: ["a"], signal: "HUP" });
  expect(() => args("a")).toThrow("SIGNAL is missing");
});

test("an option of another tool is refused once, with what to do here", () => {
  const foreign = { ...declaration, unlike: { "-t": "there are no terminals", "--name": "it stands alone" } };
  expect(() => parseCommandLine(foreign, ["n", "-tt", "--name", "x"])).toThrow(
    expect.objectContaining({
      problems: ["unknown option -t: there are no terminals", "unknown option --name: it stands alone"],
    }),
  );
});

test("a command after -- is refused where none is taken", () => {
  const without = { ...declaration, takesCommand: false };
  expect(() => parseCommandLine(without, ["n", "--", "ls"])).toThrow(
    "lpr thing do takes no command after --",
  );
});
