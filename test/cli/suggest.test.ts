import { expect, test } from "bun:test";
import { closest, didYouMean } from "../../src/cli/suggest.ts";

const verbs = ["run", "logs", "get", "list", "stop", "wait", "issue-agent"];

test.each([
  ["rnu", "run"],
  ["log", "logs"],
  ["lst", "list"],
  ["STOP", "stop"],
  ["sotp", "stop"],
  ["issue", "issue-agent"],
])("%p was meant to be %p", (word, expected) => {
  expect(closest(word, verbs)).toBe(expected);
});

test.each(["", "x", "frobnicate", "ps"])("%p is close to nothing", (word) => {
  expect(closest(word, verbs)).toBeUndefined();
  expect(didYouMean(word, verbs)).toBe("");
});
