import { writeSync } from "node:fs";

// The job that is followed: a megabyte a second, in lines, 20 times a second.
const [seconds] = process.argv.slice(2).map(Number) as [number];
const PIECE = Buffer.from(
  `${"a line of a log, of a hundred bytes in all, as programs write them ".padEnd(99, ".")}\n`.repeat(500),
);
for (
  const endAt = performance.now() + seconds * 1000, start = performance.now();
  performance.now() < endAt;
) {
  const late = (performance.now() - start) % 50;
  await Bun.sleep(50 - late);
  writeSync(1, PIECE);
}
