import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderGet } from "../../src/cli/render-get.ts";
import { aJob } from "./a-job.ts";

const now = new Date("2026-11-24T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const limits = { cpuCores: 0.5, memoryBytes: 512 * 2 ** 20 };

/** Three hours of it, on a host that can limit jobs: no test can wait for that. */
const web = aJob(
  "web",
  { status: "RUNNING", pid: 4711 },
  {
    ...{ command: "/srv/web/server", args: ["--port", "8080"], logBytes: 1.2 * 2 ** 20, limits },
    ...{ limitsInEffect: limits, createdAt: hoursAgo(3), startedAt: hoursAgo(3) },
  },
);
const usage = {
  ...{ cpuMs: 4_752_000, userMs: 4_000_000, systemMs: 752_000, throttledMs: 4_536_000, processes: 3 },
  ...{ memoryBytes: 310 * 2 ** 20, memoryPeakBytes: 402 * 2 ** 20 },
};

test("the manual's sample of job get is what is printed of such a job", () => {
  const manual = readFileSync(join(import.meta.dir, "../../docs/cli.md"), "utf8");
  const [, sample = ""] = /```\n(web has been running[\s\S]*?)\n```/.exec(manual) ?? [];
  const pieces = sample.split("\n...\n");
  expect(pieces).toHaveLength(3);
  const printed = renderGet({ job: web, usage, now });
  for (const piece of pieces) expect(printed).toContain(piece);
});
