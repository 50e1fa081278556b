import { expect, test } from "bun:test";
import { watchFleet } from "../../src/agent/fleet/watch.ts";
import { submit } from "../../src/fleet/submit.ts";
import { askStop, writtenAgain } from "../../src/fleet/transitions.ts";
import { type FleetMember, fleetSettings, orderOf } from "../helpers/fleet.ts";
import { look, runAgent } from "../helpers/fleet-agent.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { until } from "../helpers/until.ts";

const withNats = test.skipIf(natsServer === undefined);

/** Events from a revision on, to the one that says that the job has been removed. */
async function eventsSince(
  { context }: FleetMember,
  from: number | undefined,
  onTold: (what: string) => void = () => undefined,
) {
  const over = new AbortController();
  const events: string[] = [];
  for await (const event of watchFleet(context, from, over.signal)) {
    const what = "live" in event ? "live" : event.type;
    onTold(what);
    if (what !== "live") events.push(what);
    if ("type" in event && event.type === "REMOVED") over.abort();
  }
  return events;
}

withNats("what is written of a job without anything happening to it is no event", async () => {
  await using nats = await startNats();
  await using host = await runAgent(fleetSettings("host", nats.urls, { pools: { build: { slots: 1 } } }));
  const { jobs } = host.stores;
  await submit(host.context, {
    order: orderOf({ name: "foo", command: "sleep", args: ["600"] }),
    mayManage: () => true,
  });
  await until(async () => (await look(host, "foo")) === "RUNNING 1 on host", "it runs");
  const started = await jobs.lastRevision();
  const { promise: live, resolve: onLive } = Promise.withResolvers<void>();
  const watching = eventsSince(host, undefined, (what) => what === "live" && onLive());
  await live;
  for (const by of ["alice", "bob"]) {
    const record = await jobs.get("foo");
    const asked = record && askStop(writtenAgain(record), { by }, new Date());
    if (!record || !asked) throw new Error("it cannot be stopped");
    expect(await jobs.replace("foo", asked, record.revision)).toBeDefined();
  }
  // The start is told of by its own record, or by one that took its place.
  const since = (await jobs.get("foo"))?.value.since;
  expect(since).toBe(started);
  const { promise: told, resolve: onStarted } = Promise.withResolvers<void>();
  const resumed = eventsSince(host, started - 1, (what) => what === "STARTED" && onStarted());
  // Of a record that has changed meanwhile only the last is told.
  await told;
  await host.worker.patrol();
  await until(async () => (await look(host, "foo")) === "FAILED STOPPED 143", "it is stopped");
  expect((await jobs.get("foo"))?.value.since).toBeUndefined();
  await jobs.remove("foo");
  expect(await watching).toEqual(["ENDED", "REMOVED"]);
  expect(await resumed).toEqual(["STARTED", "ENDED", "REMOVED"]);
});
