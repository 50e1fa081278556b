import { expect, test } from "bun:test";
import { fitJob, fitPage, MAX_REPLY_BYTES } from "../../src/agent/fit.ts";
import type { Job, ListInput } from "../../src/job/index.ts";
import { validateRun } from "../../src/job/validate.ts";
import { toGetResponse, toListResponse } from "../../src/rpc/convert/responses.ts";
import type { RemoteListOutput } from "../../src/rpc/remote-job.ts";
import { jobService } from "../../src/rpc/schema.ts";

const job = (name: string, args: string[]): Job => ({
  ...{ id: `id-${name}`, name, createdBy: "alice", command: "/bin/echo", args, workingDir: "/" },
  createdAt: new Date(0),
  startedAt: new Date(0),
  state: { status: "RUNNING", pid: 1 },
  output: "combined",
  logBytes: 0,
  logDiscardedBytes: 0,
  ...{ labels: {}, killMode: "main", limits: {}, limitsInEffect: {}, isolated: false, user: "" },
});
/** As many as a job may have, as large as they may be. */
const bigLabels = Object.fromEntries(
  Array.from({ length: 32 }, (_, i) => [`k${i}`.padEnd(63, "x"), "\u{1f600}".repeat(63)]),
);
const bytesOf = (j: Job) => jobService.get.responseSerialize(toGetResponse(j)).length;

test("a job that fits is left as it is", () => {
  const small = job("foo", ["a", ""]);
  expect(fitJob(small)).toBe(small);
});

test("a command line that does not fit is cut, and says so", () => {
  const big = fitJob(job("foo", Array(5_000).fill("argument")));
  expect(bytesOf(big)).toBeWithin(MAX_REPLY_BYTES / 2, MAX_REPLY_BYTES + 1);
  expect(big.args[0]).toBe("argument");
  expect(big.args.at(-1)).toBe("...");
  const one = fitJob({ ...job("foo", ["é".repeat(100_000)]), command: "/é".repeat(100_000) });
  expect(bytesOf(one)).toBeLessThanOrEqual(MAX_REPLY_BYTES);
  expect(one.args).toEqual(["..."]);
});

test("a job with the largest labels fits with all of them, beside a command line of any length", () => {
  const labeled = { ...job("foo", ["a"]), labels: bigLabels };
  expect(() => validateRun(labeled)).not.toThrow();
  expect(fitJob(labeled)).toBe(labeled);
  const long = "\u{1f600}".repeat(30_000);
  const cut = fitJob({
    ...labeled,
    createdBy: "\u{1f600}".repeat(64),
    command: long,
    workingDir: long,
    args: [long],
  });
  expect(bytesOf(cut)).toBeLessThanOrEqual(MAX_REPLY_BYTES);
  expect(cut.labels).toEqual(bigLabels);
  const many = fitJob({ ...labeled, args: Array(20_000).fill("argument") });
  expect(bytesOf(many)).toBeWithin(MAX_REPLY_BYTES * 0.75, MAX_REPLY_BYTES + 1);
  expect(many.args.at(-1)).toBe("...");
});

test("a page of jobs with the largest labels fits", async () => {
  const all = Array.from({ length: 100 }, (_, i) => ({ ...job(`j${i}`, []), labels: bigLabels }));
  const asked: (number | undefined)[] = [];
  const page = await fitPage({} as ListInput, async ({ pageSize }) => {
    asked.push(pageSize);
    return { jobs: all.slice(0, pageSize), nextPageToken: "next" };
  });
  expect(jobService.list.responseSerialize(toListResponse(page)).length).toBeLessThan(MAX_REPLY_BYTES + 100);
  expect(page.jobs.length).toBe(Math.floor(MAX_REPLY_BYTES / (bytesOf(all[10] as Job) + 4)));
  expect(asked).toEqual([undefined, page.jobs.length]);
});

test("a page holds as many jobs as fit, and the pages together all of them", async () => {
  const all = Array.from({ length: 90 }, (_, i) => job(`j${i}`, ["x".repeat(i * 150)]));
  const list = async ({ pageSize = 100, pageToken = "0" }: ListInput) => {
    const end = Number(pageToken) + pageSize;
    const jobs = all.slice(Number(pageToken), end);
    return end < all.length ? { jobs, nextPageToken: String(end) } : { jobs };
  };
  const names: string[] = [];
  for (let pageToken: string | undefined = "0"; pageToken !== undefined; ) {
    const page: RemoteListOutput = await fitPage<ListInput>({ pageToken }, list);
    expect(jobService.list.responseSerialize(toListResponse(page)).length).toBeLessThan(
      MAX_REPLY_BYTES + 100,
    );
    names.push(...page.jobs.map(({ name }) => name));
    pageToken = page.nextPageToken;
  }
  expect(names).toEqual(all.map(({ name }) => name));
});
