import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFiles } from "./source.ts";

const root = join(import.meta.dir, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Looks like a variable that people set, and is none. */
const INTERNAL = new Set([
  // A constant of the build, and one of the code.
  ...["LPR_COMMIT", "LPR_FAILED"],
  // The recipe hands a passphrase to a single openssl in it.
  "LPR_SECRET",
]);

test("the manual names every variable that LPR reads or gives to a job, and no other", () => {
  const sources = [...sourceFiles("src").map(({ text }) => text), read("certs/lpr-certs.sh")].join("\n");
  const used = new Set(sources.match(/\bLPR_[A-Z_]+\b/g)?.filter((name) => !INTERNAL.has(name)));
  const told = new Set(read("docs/environment.md").match(/\bLPR_[A-Z_]+\b/g));
  expect([...told].toSorted()).toEqual([...used].toSorted());
});

test("the manual names every variable of the system that LPR reads", () => {
  const sources = sourceFiles("src").map(({ text }) => text);
  const lookUp = /\benv\["([A-Z_]+)"\]/g;
  const used = sources.flatMap((text) => [...text.matchAll(lookUp)].map(([, name = ""]) => name));
  const manual = read("docs/environment.md");
  expect(used.length).toBeGreaterThan(5);
  expect([...new Set(used)].filter((name) => !manual.includes(`\`${name}\``))).toEqual([]);
});
