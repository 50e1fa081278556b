import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inUtc } from "../../tools/build/utc-backoff.ts";

const path = join(import.meta.dir, "../../node_modules/@grpc/grpc-js/build/src/backoff-timeout.js");

test("grpc-js asks nothing about local time when it connects", () => {
  const changed = inUtc(readFileSync(path, "utf8"), path);
  expect(changed).toContain("setUTCMilliseconds(this.endTime.getUTCMilliseconds()");
  expect(changed).not.toMatch(
    /\.[gs]et(?!UTC|Time\b)\w*(Milliseconds|Seconds|Minutes|Hours|Date|Month|FullYear)\(/,
  );
});

test("a grpc-js in which there is nothing to change stops the build", () => {
  expect(() => inUtc("date.setUTCMilliseconds(5)", "backoff-timeout.js")).toThrow("remove utc-backoff.ts");
});
