import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dir, "../..");
const text = readFileSync(join(root, "docs/security.md"), "utf8");

/** Rows of the tables below "Threats": threat, defence, test. */
const rows = text
  .slice(text.indexOf("\n## Threats"), text.indexOf("\n## What is not defended against"))
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| threat "))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test("the threat model has rows, and each of them a defence", () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((cells) => cells.length !== 3 || cells.includes(""))).toEqual([]);
});

test.each(rows)("%s: the test of its defence exists", (_threat, _defence, cell = "") => {
  const [, file = "", name = ""] = /^`([\w./-]+\.test\.ts)`: (.+)$/.exec(cell) ?? [];
  const path = join(root, "test", file);
  expect([cell, existsSync(path)]).toEqual([cell, true]);
  // As a title of test(), test.each() or describe(): between quotes or backquotes, with its template where it has one.
  const titles = [...readFileSync(path, "utf8").matchAll(/^\s*(?:\S.*\()?(["'`])(.*?)\1,?.*$/gm)].map(
    ([line]) => line,
  );
  expect([name, titles.some((title) => title.includes(name))]).toEqual([name, true]);
});
