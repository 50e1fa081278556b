import { expect, test } from "bun:test";
import type { JobService } from "../../../src/job/index.ts";
import { errorOf, openService, reopenService } from "../../helpers/job-service.ts";
import { until } from "../../helpers/until.ts";

const print = (bytes: number) => ["-c", `head -c ${bytes} /dev/zero; exec sleep 1000`];

async function runTo(jobs: JobService, name: string, bytes: number, createdBy = "alice"): Promise<void> {
  await jobs.run({ name, createdBy, command: "/bin/sh", args: print(bytes) });
  await until(async () => (await jobs.get({ name })).logBytes === bytes, `${name} has written`);
}

/** Until the output that was written has been looked at, a run may still be let through. */
async function untilRefused(jobs: JobService, createdBy = "alice") {
  let refused: unknown;
  await until(async () => {
    refused = await jobs
      .run({ name: "probe", createdBy, command: "true", dryRun: true })
      .catch((error) => error);
    return refused instanceof Error;
  }, "a run is refused");
  return refused;
}

test("a tenant whose jobs keep too much output starts no more until some is removed", async () => {
  await using service = await openService({ logs: { tenantQuotaBytes: 100_000 } });
  const { jobs } = service;
  await runTo(jobs, "first", 60_000);
  await runTo(jobs, "second", 50_000);
  expect(await untilRefused(jobs)).toMatchObject({
    code: "QUOTA_EXCEEDED",
    message: "the output of your jobs takes 110000 bytes, and no more than 100000 may be kept",
    hint: expect.stringContaining("lpr job rm"),
  });
  // Others are not concerned, nor is who goes on with a job that is there.
  await runTo(jobs, "other", 10, "bob");
  const attach = { name: "first", createdBy: "alice", command: "true", ifExists: "attach" } as const;
  expect(await jobs.run(attach)).toMatchObject({ existing: true });

  // It counts on when the jobs have ended, and no more when they are gone.
  await jobs.stop({ name: "first", gracePeriodMs: 0 });
  await jobs.stop({ name: "second", gracePeriodMs: 0 });
  expect(await untilRefused(jobs)).toMatchObject({ code: "QUOTA_EXCEEDED" });
  await jobs.remove({ name: "second" });
  await jobs.run({ name: "third", createdBy: "alice", command: "true" });
});

test("a job that many remove at the same time gives its place back once", async () => {
  await using service = await openService({ logs: { tenantQuotaBytes: 100_000 } });
  const { jobs } = service;
  for (const name of ["first", "second"]) {
    await runTo(jobs, name, 60_000);
    await jobs.stop({ name, gracePeriodMs: 0 });
  }
  const since = jobs.lastSequence;
  await Promise.all([1, 2, 3].map(() => jobs.remove({ name: "first" })));
  await runTo(jobs, "third", 60_000);
  expect(await untilRefused(jobs)).toMatchObject({ message: expect.stringContaining("takes 120000 bytes") });
  // Nor is it told of more than once.
  const told: string[] = [];
  for await (const { type, job } of jobs.watch({ sinceSequence: since })) {
    told.push(`${job.name} ${type}`);
    if (job.name === "third") break;
  }
  expect(told).toEqual(["first REMOVED", "third STARTED"]);
});

test("the output of jobs that ended before counts for the next service, once", async () => {
  await using service = await reopenService({ mode: "auto", logs: { tenantQuotaBytes: 100_000 } });
  let jobs = await service.open();
  for (const name of ["ended", "lives"]) await runTo(jobs, name, 60_000);
  await jobs.stop({ name: "ended", gracePeriodMs: 0 });
  await jobs.close();
  jobs = await service.open();
  expect(await untilRefused(jobs)).toMatchObject({ message: expect.stringContaining("takes 120000 bytes") });
  await jobs.remove({ name: "ended" });
  await jobs.run({ name: "next", createdBy: "alice", command: "true" });
});

test("output that is given up does not count", async () => {
  await using service = await openService({ logs: { tenantQuotaBytes: 100_000, maxBytes: 65_536 } });
  const { jobs } = service;
  await jobs.run({ name: "chatty", createdBy: "alice", command: "seq", args: ["100000"] });
  const { logBytes, logDiscardedBytes } = await jobs.wait({ name: "chatty" });
  expect(logBytes - logDiscardedBytes).toBeLessThan(65_536);
  const args = ["-c", "seq 100000; exec sleep 1000"];
  await jobs.run({ name: "lives", createdBy: "bob", command: "/bin/sh", args });
  await until(
    async () => (await jobs.get({ name: "lives" })).logDiscardedBytes > 500_000,
    "some is given up",
  );
  for (const createdBy of ["alice", "bob"])
    await jobs.run({ name: `of-${createdBy}`, createdBy, command: "true" });
});

test("without a quota there is none", async () => {
  await using service = await openService();
  await runTo(service.jobs, "big", 1_000_000);
  const another = { name: "next", createdBy: "alice", command: "true" };
  expect(await service.jobs.run(another)).toMatchObject({ name: "next" });
  expect(await errorOf(service.jobs.run(another))).toMatchObject({ code: "NAME_TAKEN" });
});
