import { expect, test } from "bun:test";
import { errorOf, openService } from "../helpers/job-service.ts";

const sleeping = { command: "/bin/sleep", args: ["600"] };

test("a tenant has no more jobs running than it may, those of others do not count, and an end makes room", async () => {
  await using service = await openService({ maxRunningPerTenant: 2 });
  const { jobs } = service;
  const run = (createdBy: string, name: string) => jobs.run({ ...sleeping, name, createdBy });
  await run("alice", "a1");
  await run("alice", "a2");
  await run("bob", "b1");
  const error = await errorOf(run("alice", "a3"));
  expect(error).toMatchObject({
    code: "QUOTA_EXCEEDED",
    message: "your running jobs have reached the limit of this agent: 2 of 2",
  });
  expect((await errorOf(jobs.run({ ...sleeping, name: "a3", createdBy: "alice", dryRun: true }))).code).toBe(
    "QUOTA_EXCEEDED",
  );
  expect(() => jobs.requireRoom({ createdBy: "alice" })).toThrow(error.message);
  jobs.requireRoom({ createdBy: "bob" });
  await jobs.stop({ name: "a1", gracePeriodMs: 0 });
  jobs.requireRoom({ createdBy: "alice" });
  await run("alice", "a3");
});

test("starts that come at once are counted, too", async () => {
  await using service = await openService({ maxRunningPerTenant: 3 });
  const starts = Array.from({ length: 10 }, (_, i) =>
    service.jobs.run({ ...sleeping, name: `j${i}`, createdBy: "alice" }),
  );
  const ended = await Promise.allSettled(starts);
  expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  expect((await service.jobs.list()).jobs).toHaveLength(3);
});

test("whoever has no place left can still attach to a job, or replace one", async () => {
  await using service = await openService({ maxRunningPerTenant: 1 });
  const input = { ...sleeping, name: "foo", createdBy: "alice" };
  const { id } = await service.jobs.run(input);
  expect(await service.jobs.run({ ...input, ifExists: "attach" })).toMatchObject({ id, existing: true });
  expect((await service.jobs.run({ ...input, ifExists: "replace" })).existing).toBe(false);
  expect((await errorOf(service.jobs.run({ ...input, name: "bar", ifExists: "attach" }))).code).toBe(
    "QUOTA_EXCEEDED",
  );
});

test("a start that fails gives its place back", async () => {
  await using service = await openService({ maxRunningPerTenant: 1 });
  const failed = await errorOf(
    service.jobs.run({ name: "foo", command: "/no/such/command", createdBy: "alice" }),
  );
  expect(failed.code).toBe("COMMAND_NOT_FOUND");
  await service.jobs.run({ ...sleeping, name: "foo", createdBy: "alice" });
});
