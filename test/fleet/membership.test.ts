import { expect, test } from "bun:test";
import { releaseJobs } from "../../src/fleet/release.ts";
import { submit } from "../../src/fleet/submit.ts";
import { bootTimeMs } from "../../src/job/index.ts";
import { fleetSettings, orderOf } from "../helpers/fleet.ts";
import { look, runAgain, runAgent } from "../helpers/fleet-agent.ts";
import { hasCgroups } from "../helpers/job-service.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { until } from "../helpers/until.ts";

const withNats = test.skipIf(natsServer === undefined);
const withLeases = test.skipIf(natsServer === undefined || !hasCgroups);
const sleeping = (name: string) => ({ name, command: "/bin/sh", args: ["-c", "sleep 600"] });
const mayManage = () => true;
const host = { warden: false, pools: { build: { slots: 2 } } };
const forever = new AbortController().signal;
/** A lease of a second: lost after 11 of them. */
const PATIENCE_MS = 60_000;

withLeases(
  "what an agent has claimed since it joined again is not taken from it by who hears of that late",
  async () => {
    await using nats = await startNats();
    await using agent = await runAgent(fleetSettings("host.example", nats.urls, host));
    await submit(agent.context, { order: orderOf(sleeping("foo"), { retry: 1 }), mayManage });
    await until(async () => (await look(agent, "foo")) === "RUNNING 1 on host.example", "it runs");
    const state = (await agent.stores.jobs.get("foo"))?.value.state;
    const joined = state?.status === "RUNNING" ? state.joined : 0;
    expect(joined).toBeGreaterThan(0);
    const lost = { agent: "host.example", lostAt: joined };
    await releaseJobs(agent.context, lost, forever);
    expect(await look(agent, "foo")).toBe("RUNNING 1 on host.example");
    agent.worker.hold();
    await releaseJobs(agent.context, { ...lost, lostAt: joined + 1 }, forever);
    expect(await look(agent, "foo")).toBe("PENDING 2");
  },
);

withNats("a job that makes no sense does not keep the others from running elsewhere", async () => {
  await using nats = await startNats();
  await using agent = await runAgent(fleetSettings("host", nats.urls, host));
  for (const name of ["bad", "good"])
    await submit(agent.context, { order: orderOf(sleeping(name)), mayManage });
  for (const name of ["bad", "good"])
    await until(async () => (await look(agent, name)) === "RUNNING 1 on host", `${name} runs`);
  await agent.stores.jobs.put("bad", { version: 2 } as never);
  await releaseJobs(agent.context, { agent: "host", lostAt: Number.MAX_SAFE_INTEGER }, forever);
  expect(await look(agent, "good")).toBe("FAILED LOST");
  expect(
    agent.said.filter((line) => line.startsWith("job bad of the fleet, on host, is left as it is")),
  ).toHaveLength(1);
});

withNats("a job that is just being claimed when its agent is lost does not run", async () => {
  await using nats = await startNats();
  const gate = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await using agent = await runAgent(fleetSettings("host", nats.urls, host), {
    verify: async () => {
      asked.resolve();
      await gate.promise;
    },
  });
  await submit(agent.context, { order: orderOf(sleeping("foo")), mayManage });
  await asked.promise;
  agent.worker.hold();
  const reconciled = agent.worker.reconcile(Number.MAX_SAFE_INTEGER);
  // Long enough for it to end by mistake.
  for (let trip = 0; trip < 20; trip += 1) expect(await look(agent, "foo")).toBe("PENDING 1");
  gate.resolve();
  await reconciled;
  expect(await look(agent, "foo")).toBe("FAILED LOST");
  expect((await agent.service.jobs.list({ statuses: ["RUNNING"] })).jobs).toEqual([]);
  await until(() => agent.worker.running === 0, "its slot is free");
});

withNats(
  "who takes the place of a host of the same name does not run its jobs a second time",
  async () => {
    await using nats = await startNats();
    await using first = await runAgent(fleetSettings("host", nats.urls, host), { instance: "one" });
    await submit(first.context, { order: orderOf(sleeping("foo")), mayManage });
    await until(async () => (await look(first, "foo")) === "RUNNING 1 on host", "it runs");
    first.leave();
    await using second = await runAgent(fleetSettings("host", nats.urls, host), { instance: "two" });
    await until(() => second.states.length === 1, "the other has its place", PATIENCE_MS);
    expect(await look(second, "foo")).toBe("FAILED LOST");
    expect(await second.stores.held.keys()).toEqual([]);
  },
  { timeout: 180_000 },
);

withNats("a heartbeat whose answer was lost is not taken for another's", async () => {
  await using nats = await startNats();
  await using agent = await runAgent(fleetSettings("host", nats.urls, host));
  await submit(agent.context, { order: orderOf(sleeping("foo")), mayManage });
  await until(async () => (await look(agent, "foo")) === "RUNNING 1 on host", "it runs");
  const before = await agent.stores.agents.get("host");
  if (!before) throw new Error("no heartbeat");
  await agent.stores.agents.put("host", before.value);
  const leases = agent.leases.length;
  await until(() => agent.leases.length > leases + 2, "heartbeats go on");
  expect(agent.states).toEqual(["up"]);
  expect(await look(agent, "foo")).toBe("RUNNING 1 on host");
});

withNats("a heartbeat covers a lease that was given by earlier settings", async () => {
  await using nats = await startNats();
  const settings = fleetSettings("host", nats.urls, { ...host, leaseMs: 600_000 });
  await using agent = await runAgent(settings);
  await until(() => agent.leases.length > 0, "there is a lease");
  agent.leave();
  const leasedUntil = agent.service.jobs.leasedUntilMs;
  await using back = await runAgain(agent, { ...settings, leaseMs: 1_000 });
  await until(() => back.states.length === 1, "it is up again");
  const after = bootTimeMs();
  const beat = await back.stores.agents.get("host");
  expect(beat?.value.leaseMs).toBeGreaterThanOrEqual(leasedUntil - after);
});
