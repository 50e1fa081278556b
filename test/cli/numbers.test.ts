import { expect, test } from "bun:test";
import { parseTimeout } from "../../src/cli/duration.ts";
import { labelsOf, parseLabel } from "../../src/cli/label.ts";
import { parseCores, parseCount, parseNumber } from "../../src/cli/numbers.ts";

test("counts are whole numbers, and never 0, which would be no limit", () => {
  expect(parseCount("100")).toBe(100);
  for (const text of ["0", "-1", "1.5", "ten", "", "1e3", "99999999999999999999"]) {
    expect(() => parseCount(text)).toThrow(`must be a whole number above 0, got ${JSON.stringify(text)}`);
  }
});

test("a number of times or lines is a whole one, 0 included", () => {
  expect(["0", "7"].map(parseNumber)).toEqual([0, 7]);
  for (const text of ["-1", "1.5", "ten", "", "99999999999999999999"]) {
    expect(() => parseNumber(text)).toThrow(`must be a whole number, got ${JSON.stringify(text)}`);
  }
});

test("cores may be parts of one", () => {
  expect(["0.5", "2", ".25", "1."].map(parseCores)).toEqual([0.5, 2, 0.25, 1]);
  for (const text of ["0", "0.0", "-1", "50%", "500m", "", "NaN", "."]) {
    expect(() => parseCores(text)).toThrow("must be a number of cores above 0");
  }
});

test("a time-out is longer than nothing and at most a year", () => {
  expect(parseTimeout("1m30s")).toBe(90_000);
  for (const text of ["0", "0s", "366d"]) expect(() => parseTimeout(text)).toThrow("more than 0 and at most");
  expect(() => parseTimeout("soon")).toThrow("must be a duration");
});

test("labels are KEY=VALUE, values may be empty and hold =, of one key the last counts", () => {
  expect(labelsOf(["a=1", "b=", "c=x=y", "a=2"].map(parseLabel))).toEqual({ a: "2", b: "", c: "x=y" });
  for (const text of ["a", "=a", ""]) expect(() => parseLabel(text)).toThrow("must be KEY=VALUE");
});
