import { expect, test } from "bun:test";
import { EventLog } from "../../src/job/events.ts";
import type { JobEvent, JobService } from "../../src/job/index.ts";
import { errorOf, openService, runScript } from "../helpers/job-service.ts";

async function take(events: AsyncGenerator<JobEvent>, count: number): Promise<string[]> {
  const seen: string[] = [];
  for await (const { type, job } of events) {
    seen.push(`${type} ${job.name} ${job.state.status}`);
    if (seen.length === count) break;
  }
  return seen;
}

const started = (jobs: JobService, sinceSequence = jobs.lastSequence) => jobs.watch({ sinceSequence });

test("watch tells of every start, end and removal", async () => {
  await using service = await openService();
  const { jobs } = service;
  const events = started(jobs);
  await runScript(jobs, "foo", "exit 0");
  await runScript(jobs, "bar", "exit 1");
  await jobs.remove({ name: "foo" });
  expect(await take(events, 5)).toEqual([
    "STARTED foo RUNNING",
    "ENDED foo SUCCEEDED",
    "STARTED bar RUNNING",
    "ENDED bar FAILED",
    "REMOVED foo SUCCEEDED",
  ]);
});

test("a watcher that was away goes on where it was, and sees only the jobs asked for", async () => {
  await using service = await openService();
  const { jobs } = service;
  const before = jobs.lastSequence;
  for (const createdBy of ["alice", "bob"])
    await jobs.run({ name: createdBy, command: "sleep", args: ["1000"], createdBy });
  const first = await jobs.watch({ sinceSequence: before }).next();
  expect(first.value).toMatchObject({ type: "STARTED", sequence: before + 1, job: { name: "alice" } });
  expect(await take(jobs.watch({ sinceSequence: before, createdBy: "bob" }), 1)).toEqual([
    "STARTED bob RUNNING",
  ]);
});

test("events that are not kept, or of an earlier service, are gone", async () => {
  await using service = await openService();
  const { jobs } = service;
  for (const sinceSequence of [0, 1, jobs.lastSequence + 5]) {
    expect(await errorOf(jobs.watch({ sinceSequence }).next())).toMatchObject({ code: "SEQUENCE_GONE" });
  }
});

test("a watcher that is too slow is told so, and costs nothing meanwhile", async () => {
  await using service = await openService();
  const { jobs } = service;
  await runScript(jobs, "foo", "exit 0");
  const job = await jobs.get({ name: "foo" });
  const log = new EventLog();
  const slow = log.read(log.lastSequence, new AbortController().signal);
  log.add("STARTED", job);
  expect((await slow.next()).done).toBe(false);
  for (let i = 0; i < 10_001; i++) log.add("STARTED", job);
  expect(await errorOf(slow.next())).toMatchObject({ code: "SEQUENCE_GONE" });
});

test("a watcher that waits ends when its caller goes, and when the service closes", async () => {
  await using service = await openService();
  const { jobs } = service;
  const caller = new AbortController();
  const cancelled = errorOf(jobs.watch({}, { signal: caller.signal }).next());
  caller.abort();
  expect(await cancelled).toMatchObject({ code: "CANCELLED" });
  const closed = errorOf(jobs.watch().next());
  await jobs.close();
  expect(await closed).toMatchObject({ code: "UNAVAILABLE" });
});
