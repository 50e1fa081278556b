import { expect, test } from "bun:test";
import { errorOf, openService, untilOutput } from "../helpers/job-service.ts";

test("shutdown stops every job gracefully, refuses new ones, and lets followers read to the last byte", async () => {
  await using service = await openService();
  const { jobs } = service;
  const script = "trap 'seq 1 5000; exit 0' TERM; echo up; while :; do sleep 0.01; done";
  for (const name of ["a", "b", "c"]) await jobs.run({ name, command: "/bin/sh", args: ["-c", script] });
  for (const name of ["a", "b", "c"]) await untilOutput(jobs, name, "up");
  const follower = (async () => {
    let seen = "";
    for await (const { output } of jobs.streamLogs({ name: "a" })) seen += Buffer.from(output).toString();
    return seen;
  })();
  const ends = ["a", "b", "c"].map((name) => jobs.wait({ name }));
  const stopping = jobs.stopAll({ causedBy: "agent" });
  expect(await errorOf(jobs.run({ name: "late", command: "true" }))).toMatchObject({ code: "UNAVAILABLE" });
  await stopping;
  for (const end of ends) {
    expect((await end).state).toMatchObject({ status: "SUCCEEDED", reason: "STOPPED", causedBy: "agent" });
  }
  expect(await follower).toEndWith("4999\n5000\n");
  await jobs.shutdown();
  for (const call of [
    jobs.get({ name: "a" }),
    jobs.list(),
    jobs.stats(),
    jobs.run({ name: "b", command: "x" }),
  ])
    expect(await errorOf(call)).toMatchObject({ code: "UNAVAILABLE" });
});

test("a closed service leaves its jobs alone, whatever it is asked for then", async () => {
  await using service = await openService();
  const { jobs, backgroundErrors } = service;
  await jobs.run({ name: "foo", command: "sleep", args: ["1000"] });
  const { state } = await jobs.get({ name: "foo" });
  await jobs.close();
  await jobs.shutdown({ gracePeriodMs: 0 });
  expect(backgroundErrors).toEqual([]);
  // Throws when the process is gone.
  const pid = state.status === "RUNNING" ? state.pid : 0;
  process.kill(pid, 0);
  process.kill(pid, "SIGKILL");
});

test("a job that is just being started is not forgotten by a shutdown", async () => {
  await using service = await openService();
  const { jobs } = service;
  const starting = jobs.run({ name: "foo", command: "sleep", args: ["1000"] });
  const shutdown = jobs.stopAll({ gracePeriodMs: 0 });
  await starting;
  await shutdown;
  expect((await jobs.get({ name: "foo" })).state).toMatchObject({ status: "FAILED", exitCode: 137 });
});

test("a shutdown stops and hurries every job at once, also where one is about to be replaced", async () => {
  await using service = await openService();
  const { jobs } = service;
  const sh = (name: string, trap: string) => ({
    name,
    command: "/bin/sh",
    args: ["-c", `trap '${trap}' TERM; echo up; while :; do sleep 0.01; done`],
  });
  for (const job of [sh("deaf", ""), sh("polite", "exit 5")]) {
    await jobs.run(job);
    await untilOutput(jobs, job.name, "up");
  }
  const replacing = errorOf(jobs.run({ ...sh("deaf", ""), ifExists: "replace" }));
  const slow = jobs.stopAll({ gracePeriodMs: 3_600_000 });
  expect((await jobs.wait({ name: "polite" })).state).toMatchObject({ reason: "STOPPED", exitCode: 5 });
  await jobs.stopAll({ gracePeriodMs: 0 });
  await slow;
  expect(await replacing).toMatchObject({ code: "UNAVAILABLE" });
  expect((await jobs.get({ name: "deaf" })).state).toMatchObject({ reason: "STOPPED", exitCode: 137 });
});
