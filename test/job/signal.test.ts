import { expect, test } from "bun:test";
import { errorOf, openService, outputOf, runScript, untilOutput } from "../helpers/job-service.ts";

test.each(["HUP", "SIGHUP", "hup"])("signal %p reaches the main process alone", async (signal) => {
  await using service = await openService();
  const { jobs } = service;
  const child = "trap 'echo child' HUP; echo up; while :; do sleep 0.01; done";
  const script = `sh -c "${child}" & trap 'echo main; exit 0' HUP; while :; do sleep 0.01; done`;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", script] });
  await untilOutput(jobs, "foo", "up");
  await jobs.signal({ name: "foo", signal });
  expect((await jobs.wait({ name: "foo" })).state).toMatchObject({ status: "SUCCEEDED", reason: "EXITED" });
  expect(await outputOf(jobs, "foo")).toBe("up\nmain\n");
});

test("signal with all reaches every process", async () => {
  await using service = await openService();
  const { jobs } = service;
  const child = "trap 'echo child; exit 0' USR1; echo up; while :; do sleep 0.01; done";
  const script = `trap 'wait; exit 0' USR1; sh -c "${child}" & wait; wait`;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", script] });
  await untilOutput(jobs, "foo", "up");
  await jobs.signal({ name: "foo", signal: "USR1", all: true });
  await jobs.wait({ name: "foo" });
  // The shell also tells which signal ended its sleep.
  expect(await outputOf(jobs, "foo")).toMatch(/^up\n(User defined signal 1\n)*child\n$/);
});

test("signal refuses names that are none, jobs that are not there, and jobs that have ended", async () => {
  await using service = await openService();
  const { jobs } = service;
  await runScript(jobs, "foo", "exit 0");
  expect(await errorOf(jobs.signal({ name: "foo", signal: "NOPE" }))).toMatchObject({
    code: "INVALID_INPUT",
    message: 'signal must be the name of a signal, such as HUP or SIGUSR1, got "NOPE"',
  });
  expect(await errorOf(jobs.signal({ name: "bar", signal: "HUP" }))).toMatchObject({ code: "JOB_NOT_FOUND" });
  expect(await errorOf(jobs.signal({ name: "foo", signal: "HUP" }))).toMatchObject({ code: "JOB_ENDED" });
});
