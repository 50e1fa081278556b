import { expect, test } from "bun:test";
import { Attempts } from "../../../src/job/logs/attempts.ts";

test("of what fails again and again the first failure is told, and the next one after it went well", async () => {
  const told: unknown[] = [];
  const attempts = new Attempts((what, cause) => told.push([what, cause]));
  const fail = (cause: string) => async () => {
    throw cause;
  };
  await attempts.make("a", fail("first"));
  await attempts.make("a", fail("second"));
  await attempts.make("b", fail("other"));
  expect(told).toEqual([
    ["a", "first"],
    ["b", "other"],
  ]);
  expect(attempts.failing).toBe(true);
  await attempts.make("a", () => undefined);
  await attempts.make("b", async () => undefined);
  expect(attempts.failing).toBe(false);
  await attempts.make("a", () => {
    throw "third";
  });
  expect(told.at(-1)).toEqual(["a", "third"]);
});

test("what is done before a wait is done at once", () => {
  let done = false;
  const attempts = new Attempts(() => undefined);
  void attempts.make("a", () => {
    done = true;
  });
  expect(done).toBe(true);
});
