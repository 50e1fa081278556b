import { expect, test } from "bun:test";
import { endState } from "../../src/job/end-state.ts";

const finishedAt = new Date(0);
const stopped = { reason: "STOPPED", causedBy: "bob", killAt: finishedAt } as const;
const oom = { usage: { oomKills: 1 } };

test("an end is told by its exit code, what was intended and what the kernel counted", () => {
  expect(endState(0, undefined, finishedAt)).toEqual({
    ...{ status: "SUCCEEDED", reason: "EXITED", exitCode: 0, finishedAt },
  });
  expect(endState(3, stopped, finishedAt)).toEqual({
    ...{ status: "FAILED", reason: "STOPPED", exitCode: 3, causedBy: "bob", finishedAt },
  });
  expect(endState(undefined, undefined, finishedAt)).toEqual({
    status: "FAILED",
    reason: "LOST",
    finishedAt,
  });
});

test.each([
  [137, oom, "OOM_KILLED", "SIGKILL"],
  [137, { usage: { oomKills: 0 } }, "SIGNALED", "SIGKILL"],
  [137, {}, "SIGNALED", "SIGKILL"],
  // A process of it was killed for memory, and the main one took note of that and ended by itself.
  [1, oom, "EXITED", undefined],
  [143, oom, "SIGNALED", "SIGTERM"],
  [137, { leaseExpired: true }, "LEASE_EXPIRED", "SIGKILL"],
] as const)("exit code %i with %p is %s", (exitCode, details, reason, signal) => {
  const state = endState(exitCode, undefined, finishedAt, details);
  expect(state).toEqual({
    ...{ status: "FAILED", reason, exitCode, finishedAt },
    ...(signal ? { signal } : {}),
  } as typeof state);
});
