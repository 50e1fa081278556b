import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import {
  allocateExitRecord,
  parseExitRecord,
  readExitRecord,
} from "../../../src/job/supervisor/exit-record.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

test.each([
  ["   0\n", 0],
  ["  42\n", 42],
  [" 137\n", 137],
  [" 255\n", 255],
])("%p is an exit", (text, code) => {
  expect(parseExitRecord(text)).toBe(code);
});

test.each([
  "",
  "\n",
  "\n\n\n\n\n",
  "   0",
  "0",
  " 256\n",
  "1234\n",
  "-1\n",
  "  4\n\n",
  "4 2\n",
  "\0\0\0\0\0",
])("%p is not yet an exit", (text) => {
  expect(parseExitRecord(text)).toBeUndefined();
});

test("an allocated record, and one that is not there, is not yet an exit", () => {
  using dir = tempDir();
  expect(readExitRecord(dir.path)).toBeUndefined();
  allocateExitRecord(dir.path);
  expect(readExitRecord(dir.path)).toBeUndefined();
  writeFileSync(dir.join("exit"), "   3\n");
  expect(readExitRecord(dir.path)).toBe(3);
});
