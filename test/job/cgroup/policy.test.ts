import { expect, test } from "bun:test";
import { policyIssues, requestedLimits } from "../../../src/job/cgroup/policy.ts";
import { JobError } from "../../../src/job/errors.ts";

test("defaults fill in what a job does not ask for, and give way to what it does", () => {
  const defaults = { cpuCores: 1, pids: 100 };
  expect(requestedLimits({}, { defaults })).toEqual({ cpuCores: 1, pids: 100 });
  expect(requestedLimits({ pids: 500, openFiles: 64 }, { defaults })).toEqual({
    cpuCores: 1,
    pids: 500,
    openFiles: 64,
  });
  expect(requestedLimits({ pids: undefined }, { defaults })).toEqual({ cpuCores: 1, pids: 100 });
  expect(requestedLimits({}, {})).toEqual({});
});

test("a cap limits the job that asks for nothing, and a default beyond it", () => {
  expect(requestedLimits({}, { caps: { memoryBytes: 2 ** 30 } })).toEqual({ memoryBytes: 2 ** 30 });
  expect(requestedLimits({}, { defaults: { pids: 900 }, caps: { pids: 100 } })).toEqual({ pids: 100 });
  expect(requestedLimits({ pids: 100 }, { caps: { pids: 100 } })).toEqual({ pids: 100 });
});

test("more than the cap is refused, every limit of it", () => {
  const attempt = () => requestedLimits({ pids: 101, cpuCores: 3 }, { caps: { pids: 100, cpuCores: 2 } });
  expect(attempt).toThrow(JobError);
  expect(attempt).toThrow(
    "limits.cpuCores must be at most 2, the cap of this agent, got 3; limits.pids must be at most 100, the cap of this agent, got 101",
  );
});

test("a cap on the agent's disk is not got round by naming another one", () => {
  const caps = { ioReadBytesPerSecond: 1_000_000, ioDevice: "8:0" };
  expect(requestedLimits({ ioDevice: "8:16" }, { caps })).toEqual(caps);
  expect(requestedLimits({ ioDevice: "8:16", ioReadOpsPerSecond: 5 }, {})).toEqual({
    ioDevice: "8:16",
    ioReadOpsPerSecond: 5,
  });
  expect(requestedLimits({}, { defaults: { ioDevice: "8:0" } })).toEqual({ ioDevice: "8:0" });
});

test("a wrong policy is told by its own field", () => {
  expect(policyIssues({ defaults: { pids: 0 }, caps: { openFiles: 1 } })).toEqual([
    "defaults.pids must be an integer from 1 to 4194304, got 0",
    "caps.openFiles must be an integer from 16 to 1048576, got 1",
  ]);
  expect(policyIssues({})).toEqual([]);
});
