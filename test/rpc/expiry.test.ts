import { expect, test } from "bun:test";
import { expiryOf } from "../../src/rpc/expiry.ts";

const to = new Date("2026-12-31T00:00:00Z");
const daysBefore = (days: number) => new Date(to.getTime() - days * 86_400_000);

test.each([
  ["of a year, 31 days before", 365, 31, undefined],
  ["of a year, 29 days before", 365, 29, "x expires on 2026-12-31T00:00:00.000Z, in 29 days"],
  ["of a year, on its last day", 365, 0.5, "x expires on 2026-12-31T00:00:00.000Z, in 12 hours"],
  ["of a year, in its last hour", 365, 0.01, "x expires on 2026-12-31T00:00:00.000Z, in an hour"],
  ["of a week, 2 days before", 7, 2, undefined],
  ["of a week, 1 day before", 7, 1, "x expires on 2026-12-31T00:00:00.000Z, in 24 hours"],
  ["of the past", 7, -1, "x has expired on 2026-12-31T00:00:00.000Z"],
])("what has a life %s is warned about or not", (_, life, left, warning) => {
  expect(expiryOf("x", { from: daysBefore(life), to }, daysBefore(left))).toBe(warning);
});
