import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import type { AnyDeclaration } from "../../src/cli/command.ts";
import jobRun from "../../src/cli/commands/job-run.ts";
import { TOPICS } from "../../src/cli/help/topics.ts";
import { manPages } from "../../tools/man/pages.ts";
import { escapeText, manual } from "../../tools/man/roff.ts";
import { tempDir } from "../helpers/temp-dir.ts";

/** A letter that is set again in its own place. */
const BOLD = new RegExp(`.${String.fromCharCode(8)}`);
const pages = await manPages(new Date("2026-01-02"));
const page = (file: string) => pages.find((each) => each.file === file)?.text ?? "";

describe("the manual pages", () => {
  test("are there for the program, its nouns, its verbs and every topic", () => {
    const files = pages.map(({ file }) => file);
    expect(files).toEqual(
      expect.arrayContaining(["lpr.1", "lpr-job.1", "lpr-job-run.1", "lpr-version.1", "lpr-job.yaml.5"]),
    );
    for (const { name } of TOPICS)
      expect(files.filter((file) => file.startsWith(`lpr-${name}.`))).toHaveLength(1);
  });

  test("name every option of a command", () => {
    const { flags = {} }: AnyDeclaration = jobRun.declaration;
    const missing = Object.keys(flags).filter(
      (name) => !page("lpr-job-run.1").includes(escapeText(`--${name}`)),
    );
    expect(missing).toEqual([]);
  });

  test.skipIf(!Bun.which("mandoc"))("are well formed, says mandoc", async () => {
    using dir = tempDir();
    for (const { file, text } of pages) writeFileSync(dir.join(file), text);
    const files = pages.map(({ file }) => dir.join(file));
    const lint = Bun.spawnSync(["mandoc", "-T", "lint", "-W", "warning", ...files]);
    expect(lint.stdout.toString()).toBe("");
  });

  test.skipIf(!Bun.which("mandoc"))("show what was written, not the marks of roff", async () => {
    const shown = Bun.spawnSync(["mandoc", "-T", "ascii", "-O", "width=200"], {
      stdin: Buffer.from(page("lpr-exit-codes.7")),
    });
    const text = shown.stdout.toString().split(BOLD).join("");
    expect(text).toContain(
      "job run --follow, job run --wait and job wait; 128+n when signal n killed the job",
    );
    expect(text).toContain("until lpr auth whoami >/dev/null 2>&1; do sleep 1; done");
  });
});

test("text that looks like a request of roff stays text", () => {
  expect(escapeText(".bashrc\n'quoted\na-b\\n")).toBe("\\&.bashrc\n\\&'quoted\na\\-b\\en");
  expect(manual("`.env` is read")).toBe("\\fB\\&.env\\fR is read");
});
