import { expect, test } from "bun:test";
import { TokenBucket } from "../../src/agent/token-bucket.ts";

function bucketOf(perSecond: number, burst: number) {
  let now = 1_000;
  const bucket = new TokenBucket(perSecond, burst, () => now);
  const pass = (ms: number) => {
    now += ms;
  };
  return { bucket, pass };
}

test("a burst is allowed, and nothing beyond it until time has passed", () => {
  const { bucket, pass } = bucketOf(10, 3);
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
  pass(99);
  expect(bucket.take()).toBe(false);
  pass(1);
  expect([1, 2].map(() => bucket.take())).toEqual([true, false]);
});

test("a pause earns no more than a burst", () => {
  const { bucket, pass } = bucketOf(10, 3);
  bucket.take();
  expect(bucket.isFull).toBe(false);
  pass(60_000);
  expect(bucket.isFull).toBe(true);
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
});
