import { expect, test } from "bun:test";
import { errorOf, openService } from "../helpers/job-service.ts";

test("list gives the newest first, by status and tenant, a page at a time", async () => {
  await using service = await openService();
  const { jobs } = service;
  for (const [index, createdBy] of ["alice", "bob", "alice", "bob", "alice"].entries()) {
    await jobs.run({
      name: `job-${index}`,
      command: index === 4 ? "sleep" : "true",
      args: ["1000"],
      createdBy,
    });
  }
  for (const index of [0, 1, 2, 3]) await jobs.wait({ name: `job-${index}` });
  const names = async (input: Parameters<typeof jobs.list>[0]) =>
    (await jobs.list(input)).jobs.map(({ name }) => name);
  expect(await names({})).toEqual(["job-4", "job-3", "job-2", "job-1", "job-0"]);
  expect(await names({ statuses: ["RUNNING"] })).toEqual(["job-4"]);
  expect(await names({ statuses: ["SUCCEEDED"], createdBy: "alice" })).toEqual(["job-2", "job-0"]);
  expect(await names({ namePrefix: "job-3" })).toEqual(["job-3"]);
  expect(await names({ namePrefix: "ob" })).toEqual([]);
  const first = await jobs.list({ pageSize: 3 });
  expect(first.jobs.map(({ name }) => name)).toEqual(["job-4", "job-3", "job-2"]);
  const { nextPageToken } = first;
  if (nextPageToken === undefined) throw new Error("there is a second page");
  const second = await jobs.list({ pageSize: 3, pageToken: nextPageToken });
  expect(second.jobs.map(({ name }) => name)).toEqual(["job-1", "job-0"]);
  expect(second).not.toHaveProperty("nextPageToken");
});

test("list refuses what it cannot use, all of it at once", async () => {
  await using service = await openService();
  const error = await errorOf(service.jobs.list({ pageSize: 101, pageToken: "x", namePrefix: "_%" }));
  expect(error.code).toBe("INVALID_INPUT");
  expect(error.message).toContain("pageSize must be an integer from 1 to 100, got 101");
  expect(error.message).toContain(
    'namePrefix must be 1 to 63 of A-Z a-z 0-9 _ -, the first not _ or -, got "_%"',
  );
  expect(error.message).toContain('pageToken must be the nextPageToken of an earlier page, got "x"');
});
