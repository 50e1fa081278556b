import { expect, test } from "bun:test";
import { errorOf, openService, runScript } from "../helpers/job-service.ts";

test("wait resolves for everybody when the job has ended, and at once afterwards", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "foo", command: "/bin/sh", args: ["-c", "sleep 0.05; exit 2"] });
  const ends = await Promise.all([1, 2, 3].map(() => jobs.wait({ name: "foo" })));
  for (const { state } of [...ends, await jobs.wait({ name: "foo" })])
    expect(state).toMatchObject({ exitCode: 2 });
});

test.each(["sqlite", "memory"] as const)(
  "wait tells the end of a job that is replaced meanwhile, its record in %s",
  async (store) => {
    await using service = await openService({ store });
    const { jobs } = service;
    const input = { name: "foo", command: "sleep", args: ["1000"], ifExists: "replace" } as const;
    const { id } = await jobs.run({ ...input, createdBy: "bob" });
    const waiting = jobs.wait({ name: "foo" });
    await jobs.run({ ...input, createdBy: "bob" });
    expect(await waiting).toMatchObject({ id, state: { reason: "STOPPED", causedBy: "bob", exitCode: 143 } });
  },
);

test("a wait that is cancelled leaves the job alone", async () => {
  await using service = await openService();
  const { jobs } = service;
  await jobs.run({ name: "foo", command: "sleep", args: ["1000"] });
  const signal = AbortSignal.timeout(5);
  expect(await errorOf(jobs.wait({ name: "foo" }, { signal }))).toMatchObject({ code: "CANCELLED" });
  expect((await jobs.get({ name: "foo" })).state.status).toBe("RUNNING");
});

test("wait for another job of that name is refused", async () => {
  await using service = await openService();
  await runScript(service.jobs, "foo", "exit 0");
  expect(await errorOf(service.jobs.wait({ name: "foo", jobId: "x" }))).toMatchObject({
    code: "JOB_NOT_FOUND",
  });
});
