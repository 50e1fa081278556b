import { expect, test } from "bun:test";
import { formatSize, parseLogSize, parseSize } from "../../src/cli/size.ts";

test.each([
  ["1", 1],
  ["536870912", 536_870_912],
  ["64K", 65_536],
  ["512M", 536_870_912],
  ["512m", 536_870_912],
  ["1.5G", 1_610_612_736],
  ["2T", 2_199_023_255_552],
  ["0.1K", 102],
])("%s is %i bytes", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(["", "0", "0M", "-1M", "M", "5X", "1.5", "1e3", "512 M", "512MB", "512MiB", "0x10", "M5", "9000T"])(
  "%p is no size",
  (text) => {
    expect(() => parseSize(text)).toThrow(/^must be /);
  },
);

test.each([
  [0, "0B"],
  [1_023, "1023B"],
  [1_024, "1K"],
  [1_536, "1.5K"],
  [1_048_575, "1M"],
  [536_870_912, "512M"],
  [536_866_816, "512M"],
  [1_610_612_736, "1.5G"],
  [5_497_558_138_880, "5T"],
  [9_007_199_254_740_991, "8192T"],
])("%i bytes are shown as %s", (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test("what is shown of a round size can be given again", () => {
  for (const text of ["64K", "512M", "1.5G", "3T"]) expect(formatSize(parseSize(text))).toBe(text);
});

test("a log keeps at least a few blocks", () => {
  expect(parseLogSize("64K")).toBe(65_536);
  expect(() => parseLogSize("63K")).toThrow('must be at least 64K, got "63K"');
  expect(() => parseLogSize("much")).toThrow("must be a size");
});
