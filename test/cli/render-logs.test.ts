import { expect, test } from "bun:test";
import { parsePointInTime } from "../../src/cli/point-in-time.ts";
import { describeGap, TimestampedLines } from "../../src/cli/render-logs.ts";
import type { LogChunk } from "../../src/job/types.ts";

const noon = new Date("2026-11-24T12:00:00.000Z");
const chunk = (text: string, more: Partial<LogChunk> = {}): LogChunk => ({
  ...{ jobId: "id", offset: 0, output: Buffer.from(text), time: noon },
  ...more,
});

test("each line begins with its time, also one that comes in pieces", () => {
  const lines = new TimestampedLines();
  const later = new Date("2026-11-24T12:00:00.250Z");
  const text = [chunk("one\n\ntw"), chunk("o\n", { time: later }), chunk("three", { time: later })]
    .map((it) => lines.add(it).toString())
    .join("");
  expect(text).toBe(
    "2026-11-24T12:00:00.000Z one\n2026-11-24T12:00:00.000Z \n2026-11-24T12:00:00.000Z two\n2026-11-24T12:00:00.250Z three",
  );
});

test("lines of two streams do not run into each other, and bytes stay what they are", () => {
  const lines = new TimestampedLines();
  expect(lines.add(chunk("out", { stream: "stdout" })).toString()).toEndWith("Z out");
  expect(lines.add(chunk("err", { stream: "stderr" })).toString()).toEndWith("Z err");
  expect(lines.add(chunk("put\n", { stream: "stdout" })).toString()).toBe("put\n");
  const binary = { output: Buffer.from([0xff, 0x00, 0xc3]), stream: "stdout" } as const;
  expect(lines.add(chunk("", binary)).subarray(25)).toEqual(binary.output);
});

test("what is missing is said with its size", () => {
  expect(describeGap(chunk("x"))).toBeUndefined();
  expect(describeGap(chunk("", { discardedBytes: 12_897_485 }))).toBe(
    "[lpr: 12.3M of output are no longer kept]",
  );
  expect(describeGap(chunk("", { truncated: true }))).toContain("cut shorter");
});

test.each([
  ["10m", "2026-11-24T11:50:00.000Z"],
  ["1h30m", "2026-11-24T10:30:00.000Z"],
  ["0", "2026-11-24T12:00:00.000Z"],
  ["2026-11-24T10:00:00Z", "2026-11-24T10:00:00.000Z"],
  ["2026-11-24t10:00:00.5+02:00", "2026-11-24T08:00:00.500Z"],
  ["2026-11-24 10:00Z", "2026-11-24T10:00:00.000Z"],
])("%s is a point in time", (text, expected) => {
  expect(parsePointInTime(text, noon).toISOString()).toBe(expected);
});

test("without a zone it is local time", () => {
  expect(parsePointInTime("2026-11-24")).toEqual(new Date(2026, 10, 24));
  expect(parsePointInTime("2026-11-24T10:30")).toEqual(new Date(2026, 10, 24, 10, 30));
});

test.each(["yesterday", "2026-13-01", "10", "2026-11-24T25:00:00Z", ""])("%p is none", (text) => {
  expect(() => parsePointInTime(text)).toThrow("must be how long ago (10m, 1h30m) or a time such as");
});
