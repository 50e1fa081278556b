import { expect, test } from "bun:test";
import { LiveText } from "../../src/cli/live-text.ts";
import { Rater, ratesBetween } from "../../src/cli/rates.ts";
import { renderRates, renderStats, renderTotals, sampleDocument } from "../../src/cli/render-stats.ts";
import type { JobStats, Usage } from "../../src/job/types.ts";

const startedAt = new Date("2026-11-24T12:00:00Z");

function stats(seconds: number, usage: Usage, more: Partial<JobStats> = {}): JobStats {
  const time = new Date(startedAt.getTime() + seconds * 1000);
  return { id: "id-1", name: "foo", createdBy: "alice", startedAt, time, limitsInEffect: {}, usage, ...more };
}

const limitsInEffect = {
  ...{ cpuCores: 0.5, memoryBytes: 2 ** 29, pids: 100 },
  ...{ ioReadBytesPerSecond: 10 * 2 ** 20, ioWriteBytesPerSecond: 2 ** 20 },
};
const first = stats(
  10,
  {
    ...{ cpuMs: 1_000, userMs: 600, systemMs: 400, throttledMs: 500, processes: 3, oomKills: 0 },
    ...{ memoryBytes: 2 ** 27, memoryPeakBytes: 2 ** 28, ioReadBytes: 2 ** 20, ioWriteBytes: 0 },
    pressure: { cpu: { someAvg10: 12.5, someTotalMs: 800 }, io: { someAvg10: 0, someTotalMs: 0 } },
  },
  { limitsInEffect },
);
const second = stats(
  12,
  {
    ...{ cpuMs: 2_000, userMs: 1_200, systemMs: 800, throttledMs: 1_500, processes: 4, oomKills: 0 },
    ...{ memoryBytes: 2 ** 28, memoryPeakBytes: 2 ** 28, ioReadBytes: 5 * 2 ** 20, ioWriteBytes: 512 },
    pressure: { cpu: { someAvg10: 12.5, someTotalMs: 800 }, io: { someAvg10: 0, someTotalMs: 0 } },
  },
  { limitsInEffect },
);
const unmeasured = stats(12, {}, { id: "id-2", name: "bar" });

test("rates are what was used between two samples, a second", () => {
  expect(ratesBetween(first, second)).toEqual({
    ...{ cpuCores: 0.5, throttled: 0.5, ioReadBytesPerSecond: 2 * 2 ** 20, ioWriteBytesPerSecond: 256 },
  });
});

test("nothing is said of a first sample, of another job, of no time, and of what is not measured", () => {
  expect(ratesBetween(undefined, second)).toEqual({});
  expect(ratesBetween({ ...first, id: "other" }, second)).toEqual({});
  expect(ratesBetween(second, second)).toEqual({});
  expect(ratesBetween(stats(1, {}), stats(2, { cpuMs: 5 }))).toEqual({});
});

test("counters that begin anew are no negative rate", () => {
  expect(ratesBetween(stats(1, { cpuMs: 500 }), stats(2, { cpuMs: 5 }))).toEqual({ cpuCores: 0 });
});

test("a job that comes and goes is rated from its second sample on", () => {
  const rater = new Rater();
  rater.next([first]);
  rater.next([]);
  expect(rater.next([second])[0]?.rates).toEqual({});
});

test("samples are shown to people and to programs", () => {
  const rater = new Rater();
  const [once] = rater.next([first, unmeasured]);
  const rated = rater.next([second, unmeasured]);
  const [foo, bar] = rated;
  if (!once || !foo || !bar) throw new Error("a job is missing");
  expect(renderRates(rated)).toMatchSnapshot();
  expect(renderRates(rated.toReversed())).toBe(renderRates(rated));
  expect(renderTotals(rated)).toMatchSnapshot();
  expect([once, foo, bar].map(renderStats).join("\n\n")).toMatchSnapshot();
  expect(sampleDocument(rated)).toMatchSnapshot();
});

test("where space is short a long name gives way, not what the job uses", () => {
  const rated = new Rater().next([{ ...first, name: "web-of-the-third-floor" }]);
  expect(renderRates(rated, 71).split("\n")).toEqual([
    "NAME          CPU / LIMIT  THROTTLED  MEMORY / LIMIT  PIDS  READ  WRITE",
    "web-of…floor  - / 50%      -          128M / 512M     3     -     -",
  ]);
  expect(renderTotals(rated, 50).split("\n")).toEqual([
    "NAME           CPU TIME  THROTTLED  MEMORY / LIMIT",
    "web-of…-floor  1s        500ms      128M / 512M",
  ]);
});

test("a sample of no jobs has a time all the same", () => {
  expect(sampleDocument([], startedAt)).toEqual({ time: "2026-11-24T12:00:00.000Z", jobs: [] });
});

test("a live text goes back to where it began, writes over what is there, and fits the terminal", () => {
  const [ERASE_LINE, ERASE_BELOW] = ["\u001b[K\n", "\u001b[J"];
  const lines = (...texts: string[]) => texts.map((text) => text + ERASE_LINE).join("") + ERASE_BELOW;
  const size = { columns: 20, rows: 4 };
  const live = new LiveText(size);
  expect(live.frame("a\nb")).toBe(lines("a", "b"));
  expect(live.frame("1\n2\n3\n4\n5")).toBe(`\u001b[2F${lines("1", "2", "... and 3 more")}`);
  expect(live.frame("x".repeat(30))).toBe(`\u001b[3F${lines(`${"x".repeat(19)}…`)}`);
  size.columns = 10;
  expect(live.frame("z")).toBe(`\u001b[H\u001b[2J${lines("z")}`);
});
