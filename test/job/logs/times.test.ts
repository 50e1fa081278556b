import { describe, expect, test } from "bun:test";
import { appendFileSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { IndexWriter } from "../../../src/job/logs/index-writer.ts";
import { thin } from "../../../src/job/logs/thin.ts";
import { type IndexEntry, indexPath, RECORD_BYTES, TimeIndex } from "../../../src/job/logs/time-index.ts";
import { BEGAN, logDir, piecesOf, textOf } from "../../helpers/log-dir.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

const at = (seconds: number) => new Date(BEGAN + seconds * 1_000);

describe("selection by time", () => {
  test.each([
    [undefined, undefined, "0123"],
    [at(1), undefined, "123"],
    [at(0.5), undefined, "123"],
    [at(1.001), undefined, "23"],
    [at(-9), undefined, "0123"],
    [undefined, at(2), "01"],
    [undefined, at(2.5), "012"],
    [undefined, at(0), ""],
    [at(1), at(3), "12"],
    [at(1.1), at(1.2), ""],
  ])("since %p until %p", async (since, until, expected) => {
    using dir = logDir("combined", ["0", "1", "2", "3"]);
    expect(await textOf({ source: dir.source(), since, until })).toBe(expected);
  });

  test("output that is not in the index has the time of the file", async () => {
    using dir = logDir("combined", ["0", "1"]);
    const path = dir.files[0]?.path ?? "";
    appendFileSync(path, "late");
    utimesSync(path, at(60), at(60));
    const source = dir.source();
    expect(await textOf({ source, since: at(2) })).toBe("late");
    expect(await textOf({ source, since: at(61) })).toBe("");
    expect(await textOf({ source, until: at(60) })).toBe("01");
    const pieces = await piecesOf({ source, timestamps: true });
    expect(pieces.map(({ time }) => time)).toEqual([at(0), at(1), at(60)]);
  });

  test("a job without an index, from before there was one, wrote everything when it last wrote", async () => {
    using dir = logDir("combined", []);
    const path = dir.files[0]?.path ?? "";
    writeFileSync(path, "old");
    truncateSync(indexPath(dir.path));
    utimesSync(path, at(5), at(5));
    expect(await textOf({ source: dir.source(), since: at(5) })).toBe("old");
    expect(await textOf({ source: dir.source(), since: at(6) })).toBe("");
    expect((await piecesOf({ source: dir.source(), timestamps: true }))[0]?.time).toEqual(at(5));
  });

  test("no piece has output of two times", async () => {
    using dir = logDir("combined", ["a".repeat(60_000), "b", "c\n"]);
    const pieces = await piecesOf({ source: dir.source(), timestamps: true });
    expect(pieces.map(({ time, output }) => [time, output[0]])).toEqual([
      [at(0), 97],
      [at(0), 97],
      [at(1), 98],
      [at(2), 99],
    ]);
  });

  test("two logs are joined in the order of their times, and each is exact", async () => {
    using dir = logDir("split", [
      ["a", "x"],
      ["", "y"],
      ["b", ""],
      ["c", "z"],
    ]);
    const pieces = await piecesOf({ source: dir.source() });
    expect(pieces.map(({ stream, offset, output }) => `${stream} ${offset} ${output}`)).toEqual([
      "stdout 0 a",
      "stderr 0 x",
      "stderr 1 y",
      "stdout 1 b",
      "stdout 2 c",
      "stderr 2 z",
    ]);
    const logs = [
      { log: 0, offset: 2 },
      { log: 1, offset: 1 },
    ];
    expect(await textOf({ source: dir.source(), logs })).toBe("ycz");
  });
});

describe("the time index", () => {
  test("is searched, not read: few records of many are looked at", () => {
    using dir = tempDir();
    const writer = new IndexWriter(dir.path, [0], 10_000_000);
    for (let i = 0; i < 5_000; i++) writer.append(BEGAN + i * 250, [i + 1, 0]);
    using index = new TimeIndex(dir.path);
    let looked = 0;
    const found = index.first(({ time }) => {
      looked++;
      return time >= BEGAN + 1_000_000;
    });
    expect([found, looked]).toEqual([4_000, expect.any(Number)]);
    expect(looked).toBeLessThan(15);
    expect([...index.from(4_990)].map(({ ends }) => ends[0])).toEqual([
      4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999, 5000,
    ]);
    expect([...index.backwardsFrom(1_500)]).toHaveLength(1_501);
    expect([...index.backwardsFrom(1_500)][600]?.ends[0]).toBe(901);
  });

  test("goes on where an earlier writer stopped, also in the middle of a record", () => {
    using dir = tempDir();
    new IndexWriter(dir.path, [10, 0]).append(BEGAN, [10, 0]);
    appendFileSync(indexPath(dir.path), "half a record");
    const next = new IndexWriter(dir.path, [30, 0]);
    expect(next.ends).toEqual([10, 0]);
    next.append(BEGAN + 1, [30, 0]);
    expect(entriesIn(dir.path).map(({ ends }) => ends[0])).toEqual([10, 30]);
  });

  test("forgets what a power loss has left of it: zeros, and output that did not come to the disk", () => {
    using dir = tempDir();
    const writer = new IndexWriter(dir.path, [0, 0]);
    writer.append(BEGAN, [10, 5]);
    writer.append(BEGAN + 1, [20, 5]);
    appendFileSync(indexPath(dir.path), Buffer.alloc(3 * RECORD_BYTES));
    expect(new IndexWriter(dir.path, [15, 5]).ends).toEqual([10, 5]);
    expect(entriesIn(dir.path)).toHaveLength(1);
  });

  test("times never go back, whatever the clock does", () => {
    using dir = tempDir();
    const writer = new IndexWriter(dir.path, [0]);
    writer.append(BEGAN + 5_000, [1, 0]);
    writer.append(BEGAN, [2, 0]);
    expect(entriesIn(dir.path).map(({ time }) => time - BEGAN)).toEqual([5_000, 5_000]);
  });

  test("stays small for a job that writes for a year, and exact to a part of how long ago it was", () => {
    const entry = (time: number): IndexEntry => ({ time, ends: [time, 0] });
    const hour = 3_600_000;
    let entries: IndexEntry[] = [];
    // A year in hours, each of which adds 14,400 samples: thinned out whenever there are many.
    let time = 0;
    for (let hours = 0; hours < 24 * 365; hours++) {
      const step = hours < 24 * 365 - 3 ? 30_000 : 250;
      for (const end = time + hour; time < end; time += step) entries.push(entry(time));
      if (entries.length > 65_536) entries = thin(entries);
    }
    entries = thin(entries);
    expect(entries.length).toBeLessThan(120_000);
    const last = entries.at(-1)?.time ?? 0;
    for (const ago of [hour / 2, hour, 24 * hour, 30 * 24 * hour]) {
      const next = entries.find((kept) => kept.time >= last - ago)?.time ?? 0;
      expect(next - (last - ago)).toBeLessThanOrEqual(Math.max(250, ago / 10_000 + 30_000));
    }
  });

  test("never loses its last entry, or output would have no time", () => {
    const entries = [0, 86_400_000, 86_400_001].map((time) => ({ time, ends: [time, 0] as const }));
    expect(thin(entries).map(({ time }) => time)).toEqual([0, 86_400_000, 86_400_001]);
    const close = [0, 1, 2, 3].map((time) => ({ time: time + 1e12, ends: [time, 0] as const }));
    const long = [
      { time: 1, ends: [0, 0] as const },
      ...close.map(({ time, ends }) => ({ time: time - 5e11, ends })),
    ];
    expect(thin([...long, ...close]).at(-1)?.ends[0]).toBe(3);
    expect(thin([...long, ...close])).toHaveLength(6);
  });

  test("is thinned out in place, and the next entry follows", () => {
    using dir = tempDir();
    const writer = new IndexWriter(dir.path, [0], 100);
    for (let i = 0; i < 150; i++) writer.append(BEGAN + i, [i + 1, 0]);
    const entries = entriesIn(dir.path);
    // A hundred milliseconds are less than a ten-thousandth of nothing: nothing is thinned out but kept.
    expect(entries).toHaveLength(150);
    const old = new IndexWriter(dir.path, [1_000], 100);
    old.append(BEGAN + 86_400_000, [1_000, 0]);
    old.append(BEGAN + 86_400_001, [1_001, 0]);
    expect(entriesIn(dir.path).at(-1)?.ends).toEqual([1_001, 0]);
    expect(entriesIn(dir.path).length).toBeLessThan(10);
    expect(statSync(indexPath(dir.path)).size % RECORD_BYTES).toBe(0);
  });
});

function entriesIn(jobDir: string): IndexEntry[] {
  using index = new TimeIndex(jobDir);
  return [...index.from(0)];
}
