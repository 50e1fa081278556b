import { expect, test } from "bun:test";
import { appendFileSync, readFileSync, statSync, truncateSync } from "node:fs";
import { readLogs } from "../../../src/job/logs/read.ts";
import { BEGAN, logDir, piecesOf, textOf } from "../../helpers/log-dir.ts";

const at = (seconds: number) => new Date(BEGAN + seconds * 1_000);

test.each([
  ["whole lines", "one\ntwo\nthree\n", 2, "two\nthree\n"],
  ["a last line without an end", "one\ntwo\nthree", 2, "two\nthree"],
  ["more lines than there are", "one\ntwo\n", 9, "one\ntwo\n"],
  ["as many lines as there are", "one\ntwo\n", 2, "one\ntwo\n"],
  ["no lines", "one\ntwo\n", 0, ""],
  ["empty lines", "one\n\n\n", 2, "\n\n"],
  ["output without any line", "no end in sight", 1, "no end in sight"],
  ["nothing", "", 3, ""],
  ["lines of other alphabets", "één\ntwee\n", 1, "twee\n"],
])("tailLines begins where the last lines do: %s", async (_, text, tailLines, expected) => {
  using dir = logDir("combined", [text]);
  expect(await textOf({ source: dir.source(), tailLines })).toBe(expected);
});

test("tailLines finds lines that are longer than what is read at a time", async () => {
  const long = (letter: string, bytes: number) => `${letter.repeat(bytes)}\n`;
  const lines = [long("a", 200_000), long("b", 65_535), long("c", 65_536), long("d", 131_073)];
  using dir = logDir("combined", lines);
  for (const count of [1, 2, 3, 4]) {
    expect((await textOf({ source: dir.source(), tailLines: count })) === lines.slice(-count).join("")).toBe(
      true,
    );
  }
});

test("tailLines tells the place it has chosen, before any output", async () => {
  using dir = logDir("combined", ["one\n", "two\n"]);
  const [first, ...more] = await piecesOf({ source: dir.source(), tailLines: 1 });
  expect([first?.offset, first?.output.length]).toEqual([4, 0]);
  expect(more.map(({ offset }) => offset)).toEqual([4]);
});

test("tailLines without a follower are so many lines, whatever is written while they are being read", async () => {
  using dir = logDir("combined", ["one\n", "two\n"]);
  const reader = readLogs({ source: dir.source(), tailLines: 1, logs: [{ log: 0, offset: 0 }] });
  await reader.next();
  appendFileSync(dir.files[0]?.path ?? "", "three\n");
  const rest: string[] = [];
  for await (const { output } of reader) rest.push(Buffer.from(output).toString());
  expect(rest).toEqual(["two\n"]);
});

test("tailLines of two logs counts the lines of both, those that came last", async () => {
  using dir = logDir("split", [
    ["a\nb\n", "x\n"],
    ["c\n", ""],
    ["", "y\nz\n"],
    ["d\n", ""],
  ]);
  const shown = async (tailLines: number) => {
    const pieces = await piecesOf({ source: dir.source(), tailLines });
    return pieces.map(({ stream, output }) => `${stream} ${output}`).filter((line) => !/ $/.test(line));
  };
  expect(await shown(1)).toEqual(["stdout d\n"]);
  expect(await shown(2)).toEqual(["stderr z\n", "stdout d\n"]);
  expect(await shown(4)).toEqual(["stdout c\n", "stderr y\nz\n", "stdout d\n"]);
  expect(await shown(6)).toEqual(["stdout b\n", "stderr x\n", "stdout c\n", "stderr y\nz\n", "stdout d\n"]);
  expect((await shown(99)).join("")).toHaveLength((await shown(7)).join("").length);
});

test("tailLines with a time counts from that time's end, and goes back to that time's beginning", async () => {
  using dir = logDir("combined", ["one\n", "two\n", "three\n", "four\n"]);
  const source = dir.source();
  expect(await textOf({ source, tailLines: 1, until: at(2) })).toBe("two\n");
  expect(await textOf({ source, tailLines: 9, since: at(2) })).toBe("three\nfour\n");
});

test("tailLines stops at what is no longer kept, and says so only when lines are missing", async () => {
  using dir = logDir("combined", ["one\ntwo\nthree\n"]);
  const source = dir.source({ logStarts: [4] });
  const enough = await piecesOf({ source, tailLines: 2 });
  expect(enough.map(({ discardedBytes }) => discardedBytes)).toEqual([undefined, undefined]);
  const [, missing] = await piecesOf({ source, tailLines: 3 });
  expect(missing).toMatchObject({ offset: 4, discardedBytes: 4 });
});

test("the last lines of a log of 900 MB are found from its end, and looking through all of it takes no memory", async () => {
  using dir = logDir("combined", [""]);
  const path = dir.files[0]?.path ?? "";
  truncateSync(path, 900_000_000);
  appendFileSync(path, Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join(""));
  const source = dir.source();
  const before = process.memoryUsage.rss();
  const read = bytesRead();
  expect((await textOf({ source, tailLines: 10 })).split("\n")).toHaveLength(11);
  expect(bytesRead() - read).toBeLessThan(1_000_000);
  // All of it is looked through, others have their turn meanwhile, and none of it stays in memory.
  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  let shown = 0;
  for await (const { output } of readLogs({ source, tailLines: 21, logs: [{ log: 0, offset: 0 }] })) {
    shown += output.length;
    if (shown > 1_000_000) break;
  }
  clearInterval(ticking);
  expect(turns).toBeGreaterThan(2);
  expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
  expect(statSync(path).size).toBeGreaterThan(900_000_000);
});

/** What this process has read from files, in bytes. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}
