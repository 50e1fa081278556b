import { describe, expect, test } from "bun:test";
import { parseBeat, parseFleetJob, parseHeld, parseOrder } from "../../src/fleet/parse.ts";

const now = "2026-11-24T08:00:00.000Z";
const job = {
  ...{
    version: 1,
    id: "x",
    name: "foo",
    pool: "build",
    tenant: "alice",
    attempt: 1,
    lastAttempt: 1,
    fence: 0,
  },
  ...{ order: { key: "a.b", body: "{}", signature: "c" }, queuedAt: now, write: "w" },
  state: { status: "PENDING" },
};
const attempt = { agent: "host1", localName: "foo-r1", claimedAt: now, joined: 1 };
const beat = {
  ...{ agent: "host1", instance: "i", state: "up", version: "1", hostname: "h", labels: { zone: "a" } },
  ...{ pools: { build: { slots: 2, running: 1 } }, heartbeatMs: 5000, leaseMs: 20_000, at: now, write: "w" },
};

describe("a record of the fleet", () => {
  const good: readonly (readonly [what: string, value: unknown])[] = [
    ["one that waits", job],
    ["one that runs", { ...job, state: { status: "RUNNING", ...attempt } }],
    ["one that has ended", { ...job, state: { status: "FAILED", reason: "LOST", finishedAt: now } }],
    ["one to be stopped", { ...job, stop: { by: "bob", gracePeriodMs: 0 } }],
    ["one with what a newer agent has added", { ...job, priority: 7 }],
  ];
  test.each(good)("%s is taken as it is", (_, value) => {
    expect(parseFleetJob(value)).toEqual(value as never);
  });

  const bad: readonly (readonly [value: unknown, message: string])[] = [
    [null, "not an object"],
    [[], "not an object"],
    ["foo", "not an object"],
    [{ ...job, version: 2 }, "version is not what it should be"],
    [{ ...job, id: 7, fence: -1 }, "id is not what it should be; fence is not what it should be"],
    [{ ...job, attempt: 1.5 }, "attempt is not what it should be"],
    [{ ...job, order: { key: "a", body: "{}" } }, "order is not what it should be"],
    [{ ...job, queuedAt: "yesterday" }, "queuedAt is not what it should be"],
    [{ ...job, state: { status: "RUNNING" } }, "state is not what it should be"],
    [{ ...job, state: { status: "constructor" } }, "state is not what it should be"],
    [{ ...job, state: { status: "FAILED", reason: "LOST" } }, "state is not what it should be"],
    [{ ...job, stop: {} }, "stop is not what it should be"],
  ];
  test.each(bad)("%j is refused", (value, message) => {
    expect(() => parseFleetJob(value)).toThrow(message);
  });
});

test("a heartbeat names its state and the load of each pool", () => {
  expect(parseBeat(beat)).toEqual(beat as never);
  expect(() => parseBeat({ ...beat, state: "away" })).toThrow("state is not what it should be");
  expect(() => parseBeat({ ...beat, pools: { build: { slots: 2 } } })).toThrow(
    "pools is not what it should be",
  );
  expect(() => parseBeat({ ...beat, labels: { zone: 1 } })).toThrow("labels is not what it should be");
});

test("an order has one of the roles there are", () => {
  const order = {
    ...{ id: "x", name: "foo", pool: "build", tenant: "alice", role: "user", prefer: {}, retry: 0 },
    ...{ request: "", orderedAt: now },
  };
  expect(parseOrder(order)).toEqual(order as never);
  expect(() => parseOrder({ ...order, role: "root" })).toThrow("role is not what it should be");
});

test("what an agent holds has a fence", () => {
  expect(parseHeld({ id: "x", fence: 3, at: now, write: "w" })).toMatchObject({ fence: 3 });
  expect(() => parseHeld({ id: "x", fence: "3", at: now, write: "w" })).toThrow(
    "fence is not what it should be",
  );
});
