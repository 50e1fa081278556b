import { expect, test } from "bun:test";
import { statementsOf, stepsOf } from "./steps.ts";

const block = (language: string, text: string) => `Text.\n\n\`\`\`${language}\n${text}\`\`\`\n`;

test("statements of a shell are told apart, however many lines they take, and comments are none", async () => {
  const text = `umask 077

# The CA
cat >ca.cnf <<'END'
[req]

# not a comment
END
openssl genpkey |
  openssl pkcs8 -out key   # asks
openssl req \\
  -out ca.pem
case $? in
  0) echo "it's" ;;
esac
a; b
`;
  const found = await statementsOf(text);
  expect(found.map(({ line, text: it }) => [line, it.split("\n").length, it.split("\n")[0]])).toEqual([
    [0, 1, "umask 077"],
    [3, 5, "cat >ca.cnf <<'END'"],
    [8, 2, "openssl genpkey |"],
    [10, 2, "openssl req \\"],
    [12, 3, "case $? in"],
    [15, 1, "a; b"],
  ]);
});

test("a statement without an end is an error", async () => {
  await expect(statementsOf("if true\necho a\n")).rejects.toThrow("has no end");
});

test("a console shows commands after prompts, and what each of them prints, where it does", async () => {
  expect(await stepsOf("a.md", block("console", "$ one\nits\noutput\n# two\n$ three\n"))).toEqual([
    { kind: "command", at: "a.md:4", text: "one", prints: "its\noutput" },
    { kind: "command", at: "a.md:7", text: "two", prints: undefined },
    { kind: "command", at: "a.md:8", text: "three", prints: undefined },
  ]);
  await expect(stepsOf("a.md", block("console", "one\n"))).rejects.toThrow("a.md:4");
});

test("a file is the one that its first line names, or job.yaml", async () => {
  const text = block("yaml", "# /etc/lpr/agent.yaml: as you like\n") + block("yaml", "name: web # x.yaml\n");
  const paths = (await stepsOf("a.md", text)).map((step) => step.kind === "file" && step.path);
  expect(paths).toEqual(["/etc/lpr/agent.yaml", "job.yaml"]);
});

test.each([
  ["", "lpr job list\n"],
  ["", "some output\n$ ls\n"],
  ["bash", "ls\n"],
])("commands cannot hide in a block of %j", async (language, text) => {
  await expect(stepsOf("a.md", block(language, text))).rejects.toThrow("a.md:4");
});

test("blocks of no language are what they are: trees of files, samples of output", async () => {
  expect(await stepsOf("a.md", block("", "lpr: what failed\nDIR/ca.pem\n"))).toEqual([]);
});
