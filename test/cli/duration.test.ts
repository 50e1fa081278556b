import { expect, test } from "bun:test";
import { formatDuration, parseDuration, parseGracePeriod } from "../../src/cli/duration.ts";

test.each([
  ["10s", 10_000],
  ["500ms", 500],
  ["1m30s", 90_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
  ["1.5s", 1_500],
  ["0", 0],
  ["0s", 0],
])("%p is %p ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test("a number alone is asked for its unit", () => {
  expect(() => parseDuration("1.5")).toThrow('needs a unit, got "1.5": 1.5s, 1.5m or 1.5h?');
});

test.each(["", "s", "-1s", "10 s", "1s2", "1x", "s1", "1e3s", "١s"])("%p is no duration", (text) => {
  expect(() => parseDuration(text)).toThrow("must be a duration such as 10s");
});

test("a grace period longer than the agent takes is refused in the words of the option", () => {
  expect(parseGracePeriod("1d")).toBe(86_400_000);
  expect(() => parseGracePeriod("24h1ms")).toThrow('must be at most 24h, got "24h1ms"');
});

test.each([
  [0, "0ms"],
  [999.6, "1000ms"],
  [1_500, "1s"],
  [90_000, "1m 30s"],
  [3_600_000, "1h"],
  [90_061_000, "1d 1h"],
  [-5, "0ms"],
])("%p ms are shown as %p", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
