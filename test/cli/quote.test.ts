import { expect, test } from "bun:test";
import { commandLine, printable } from "../../src/cli/quote.ts";

test.skipIf(!Bun.which("bash"))("bash reads a command line back as the words it was made of", () => {
  const words = [
    "a b",
    "",
    "it's",
    "$HOME `x` \\",
    "*",
    "new\nline",
    "\u001b[2J",
    "tab\t'quote'\\",
    "é",
    "-x=1",
    "\u009b1m",
  ];
  const { stdout } = Bun.spawnSync(["bash", "-c", `printf '%s\\0' ${commandLine(words)}`], {
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  expect(stdout.toString().split("\0").slice(0, -1)).toEqual(words);
});

test("plain words are not quoted", () => {
  expect(commandLine(["/bin/ls", "-la", "--color=auto", "a,b:c@d%e"])).toBe(
    "/bin/ls -la --color=auto a,b:c@d%e",
  );
});

test("nothing that a terminal would act on stays as it is", () => {
  expect(printable("a\u001b[31m\u009b\u202e\n\tb")).toBe("a\\u001b[31m\\u009b\\u202e\\n\\tb");
});
