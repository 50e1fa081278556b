import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseAgentFile } from "../../src/cli/agent-file.ts";
import type { AnyDeclaration } from "../../src/cli/command.ts";
import { resolveTarget } from "../../src/cli/resolve.ts";
import { ROOT } from "../../src/cli/tree.ts";

const root = join(import.meta.dir, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const manuals = [
  ...["README.md", "ARCHITECTURE.md", "certs/README.md"],
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Of a manual, what it says is there: all but its section on what is not. */
const claimsOf = (text: string) => text.replace(/^## Not (there )?yet\n[\s\S]*?(?=^## |$(?![\s\S]))/gm, "");

/** What is set as code: fenced blocks, comments in them left out, and code within lines. */
function codeIn(text: string): string[] {
  const fenced = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block.replace(/\\\n/g, " ").split("\n"),
  );
  const inline = [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`]+)`/g)].map(
    ([, code = ""]) => code,
  );
  return [...fenced.map((line) => line.replace(/\s#.*$/, "")), ...inline].map((line) =>
    line.replace(/\n/g, " "),
  );
}

/** The parts of lines of code that begin with `lpr NOUN` and end before the job's own command. */
function commandLines(text: string): string[] {
  return codeIn(text).flatMap((line) =>
    [...line.matchAll(/(?:^|[\s/;&|(])lpr ((?:job|auth|agent|certs|version)\b[^;&|)]*)/g)].map(
      ([, words = ""]) => words.split(" -- ")[0]?.trim() ?? "",
    ),
  );
}

const flagsOf = ({ flags = {} }: AnyDeclaration) =>
  new Set(
    Object.entries(flags).flatMap(([name, flag]) => [
      ...[name, ...(flag.aliases ?? [])].flatMap((long) => [`--${long}`, `--no-${long}`]),
      ...(flag.short === undefined ? [] : [`-${flag.short}`]),
    ]),
  );

/** What is wrong with the commands and options of a line; `lpr job run|logs` names several. */
async function problemsOf(line: string): Promise<string[]> {
  const [noun = "", verbs, ...rest] = line.split(/\s+/);
  if (verbs === undefined || noun === "version") return [];
  const problems = await Promise.all(
    verbs.split("|").map(async (verb) => {
      if (!/^[a-z-]+$/.test(verb) || verb.startsWith("-")) return [];
      const target = await resolveTarget(ROOT, [noun, verb]).catch((error: Error) => error);
      if (target instanceof Error) return [target.message];
      if (target.kind !== "run") return [`lpr ${noun} ${verb} is no command`];
      const known = flagsOf(target.verb.declaration).add("--help").add("-h");
      return rest
        .flatMap((word) => /^\[?(--?[A-Za-z][\w-]*)/.exec(word)?.[1] ?? [])
        .filter((flag) => !known.has(flag))
        .map((flag) => `lpr ${noun} ${verb} has no ${flag}`);
    }),
  );
  return problems.flat();
}

describe("what the manuals say exists", () => {
  for (const path of manuals) {
    test(`the commands and options in ${path}`, async () => {
      const problems = await Promise.all(commandLines(claimsOf(read(path))).map(problemsOf));
      expect([...new Set(problems.flat())]).toEqual([]);
    });

    test(`the files that ${path} links to, and the scripts it runs`, () => {
      const text = read(path);
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) => target);
      expect(links.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
      const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
      const used = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
      expect(used.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    });
  }

  test("the search finds commands, and sees what is wrong with them", async () => {
    const text =
      "Say `lpr job run x --cpu 1 -- ls --nope`.\n```sh\n$ FOO=1 lpr job sotp a # b\nlpr auth login --nope\n```\n## Not yet\n`lpr no no`\n";
    const lines = commandLines(claimsOf(text));
    expect(lines).toEqual(["job sotp a", "auth login --nope", "job run x --cpu 1"]);
    const problems = (await Promise.all(lines.map(problemsOf))).flat();
    expect(problems).toHaveLength(2);
  });
});

test("the README's agent.yaml is one", () => {
  const [, block = ""] = /```yaml\n([\s\S]*?)```/.exec(read("README.md")) ?? [];
  expect(parseAgentFile(block, "/etc/lpr/agent.yaml")).toMatchObject({
    options: { "on-shutdown": "keep", "key-passphrase-file": "/etc/lpr/passphrase" },
    limits: { defaults: { memoryBytes: 2 ** 30 }, caps: { cpuCores: 4 } },
    tenantUids: { first: 70_000 },
  });
});
