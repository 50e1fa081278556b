import { expect, test } from "bun:test";
import { MAX_REPLY_BYTES } from "../../src/agent/fit.ts";
import { passed, toStatsMessages } from "../../src/agent/stats.ts";
import type { JobStats } from "../../src/job/index.ts";
import { jobService } from "../../src/rpc/schema.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";

const statsOf = (name: string): JobStats => ({
  ...{ id: `id-${name}`, name, createdBy: "\u{1f600}".repeat(64), startedAt: new Date(0), time: new Date(0) },
  ...{ limitsInEffect: { cpuCores: 1, ioDevice: `/dev/${"d".repeat(200)}` }, usage: { cpuMs: 1.5 } },
});

test("a sample of any number of jobs comes in messages that fit, the last of which says so", () => {
  for (const count of [0, 1, 1_000]) {
    const sample = Array.from({ length: count }, (_, i) => statsOf(`job${i}`));
    const messages = [...toStatsMessages(sample)];
    for (const message of messages)
      expect(jobService.stats.responseSerialize(message).length).toBeLessThan(MAX_REPLY_BYTES + 100);
    expect(messages.flatMap(({ jobs }) => jobs.map(({ name }) => name))).toEqual(
      sample.map(({ name }) => name),
    );
    expect(messages.map(({ endOfSample }) => endOfSample).lastIndexOf(false)).toBe(messages.length - 2);
    expect(messages.at(-1)?.endOfSample).toBe(true);
    expect(messages.length > 1).toBe(count === 1_000);
  }
});

test("the time between samples ends with the call", async () => {
  const call = new AbortController();
  const pending = passed(3_600_000, call.signal);
  call.abort();
  expect(await pending).toBe(false);
  expect(await passed(3_600_000, call.signal)).toBe(false);
  expect(await passed(1, new AbortController().signal)).toBe(true);
});

test("samples come at the interval asked for, with the jobs that run at that time", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run({ name: "first", command: "/bin/sleep", args: ["600"] });
  const seen: string[] = [];
  for await (const sample of client.stats({ intervalMs: 100 })) {
    if (seen.length === 0) {
      await client.stop({ name: "first", gracePeriodMs: 0 });
      await client.run({ name: "second", command: "/bin/sleep", args: ["600"] });
    }
    seen.push(sample.map(({ name }) => name).join());
    if (seen.at(-1) === "second") break;
  }
  // Samples may have been taken while neither ran.
  expect(new Set(seen.filter((names) => names !== ""))).toEqual(new Set(["first", "second"]));
  for (const intervalMs of [0, 99, 3_600_001])
    expect(await errorOf(client.stats({ intervalMs }).next())).toMatchObject({
      code: "INVALID_INPUT",
      message: `interval must be 100 to 3600000 milliseconds, got ${intervalMs}`,
    });
});
