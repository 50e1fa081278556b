import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { parseEnvEntry, readEnvFile } from "../../src/cli/env-file.ts";
import { tempDir } from "../helpers/temp-dir.ts";

test("comments and empty lines do not count, values are taken as they stand", () => {
  using dir = tempDir();
  writeFileSync(dir.join("env"), '# remark\n\nA=1\r\n  B= x "y" # z\nC=\nD=a=b');
  const problems: string[] = [];
  expect(readEnvFile(dir.join("env"), problems)).toEqual(["A=1", 'B= x "y" # z', "C=", "D=a=b"]);
  expect(problems).toEqual([]);
});

test("every bad line, a missing file and one that is not UTF-8 are problems", () => {
  using dir = tempDir();
  writeFileSync(dir.join("env"), "A=1\nNOEQ\n=x\n");
  const problems: string[] = [];
  readEnvFile(dir.join("env"), problems);
  readEnvFile(dir.join("none"), problems);
  writeFileSync(dir.join("latin1"), Buffer.from("A=caf\xe9\n", "latin1"));
  readEnvFile(dir.join("latin1"), problems);
  expect(problems.map((problem) => problem.replaceAll(dir.path, ""))).toEqual([
    '/env:2: must be NAME=value, got "NOEQ"',
    '/env:3: must be NAME=value, got "=x"',
    "cannot read /none: no such file",
    "cannot read /latin1: it is not UTF-8 text",
  ]);
});

test("an entry without = or name is refused", () => {
  expect(parseEnvEntry("A=")).toBe("A=");
  expect(() => parseEnvEntry("NOEQ")).toThrow('must be NAME=value, got "NOEQ"');
  expect(() => parseEnvEntry("=x")).toThrow("must be NAME=value");
});
