import { expect, jest, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expired } from "../../src/job/retention.ts";
import { SqliteStore } from "../../src/job/store/sqlite.ts";
import { errorOf, openService, reopenService, runScript } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

test("remove forgets a finished job, its log and its name", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  await runScript(jobs, "foo", "echo hi");
  await jobs.remove({ name: "foo" });
  expect(await errorOf(jobs.get({ name: "foo" }))).toMatchObject({ code: "JOB_NOT_FOUND" });
  expect(readdirSync(join(stateDir, "jobs"))).toEqual([]);
  await runScript(jobs, "foo", "exit 0");
});

test("remove refuses a job that runs, and one of another id", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "foo", command: "sleep", args: ["1000"] });
  expect(await errorOf(jobs.remove({ name: "foo" }))).toMatchObject({
    code: "JOB_RUNNING",
    hint: "stop it first",
  });
  expect(await errorOf(jobs.remove({ name: "foo", jobId: "x" }))).toMatchObject({ code: "JOB_NOT_FOUND" });
});

test("failures are kept longer than successes", async () => {
  await using service = await openService();
  const { jobs, stateDir } = service;
  await runScript(jobs, "good", "exit 0");
  await runScript(jobs, "bad", "exit 1");
  await jobs.close();
  const store = SqliteStore.open(join(stateDir, "lpr.db"));
  const days = async (count: number) =>
    (await expired(store, {}, new Date(Date.now() + count * 86_400_000))).map(({ name }) => name);
  expect(await days(6.9)).toEqual([]);
  expect(await days(7.1)).toEqual(["good"]);
  expect(await days(30.1)).toEqual(["good", "bad"]);
  expect(
    (await expired(store, { succeededMs: 0, failedMs: 1e12 }, new Date(Date.now() + 1))).map(
      ({ name }) => name,
    ),
  ).toEqual(["good"]);
  await store.close();
});

test("the service removes all that have been kept long enough, however many they are", async () => {
  await using service = await reopenService({ mode: "off" });
  const { stateDir } = service.paths;
  const first = await service.open();
  await first.close();
  const store = SqliteStore.open(join(stateDir, "lpr.db"));
  const end = new Date(0);
  for (let n = 0; n < 1_500; n++) {
    await store.insert({
      ...{
        id: Bun.randomUUIDv7(),
        name: `old-${n}`,
        createdBy: "",
        command: "true",
        args: [],
        workingDir: "/",
      },
      ...{ labels: {}, killMode: "main", output: "combined", createdAt: end, startedAt: end, limits: {} },
      ...{ limitsInEffect: {}, isolated: false, user: "" },
      state: { status: "SUCCEEDED", reason: "EXITED", exitCode: 0, finishedAt: end },
    });
  }
  await store.close();
  jest.useFakeTimers();
  const jobs = await service.open();
  jest.advanceTimersByTime(60_000);
  jest.useRealTimers();
  await until(async () => (await jobs.countByStatus()).SUCCEEDED === 0, "the sweep of this minute is over");
});
