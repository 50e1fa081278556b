import { writeSync } from "node:fs";
import { now } from "./clock.ts";

// The job that is followed: a line every few milliseconds that says when it was written.
const [lines, pauseMs] = process.argv.slice(2).map(Number) as [number, number];
for (let line = 0; line < lines; line++) {
  await Bun.sleep(pauseMs);
  writeSync(1, `${now()}\n`);
}
writeSync(1, "end\n");
