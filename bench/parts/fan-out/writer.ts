import { writeSync } from "node:fs";

// The job that is followed: a megabyte a second, in lines, 20 times a second.
const [seconds] = process.argv.slice(2).map(Number) as [number];
const PIECE = Buffer.from(
  `${"a line of a log, of a hundred bytes in all, as programs write them ".padEnd(99, ".")}\n`.repeat(500),
);
const PAUSE_MS = 50;
const start = performance.now();
for (let piece = 1; piece <= (seconds * 1000) / PAUSE_MS; piece++) {
  await Bun.sleep(Math.max(0, start + piece * PAUSE_MS - performance.now()));
  writeSync(1, PIECE);
}
