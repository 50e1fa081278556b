import { expect, test } from "bun:test";
import { jetstreamManager } from "@nats-io/jetstream";
import { QUEUE, queueSubject, tokenOf, WARDEN_KEY } from "../../src/fleet/names.ts";
import { WARDENSHIP_MS } from "../../src/fleet/provision.ts";
import { enqueue } from "../../src/fleet/queue.ts";
import { submit } from "../../src/fleet/submit.ts";
import { pendingJob } from "../../src/fleet/transitions.ts";
import { runWarden } from "../../src/fleet/warden.ts";
import type { FleetMember } from "../helpers/fleet.ts";
import { fleetSettings, joinFleet, orderOf } from "../helpers/fleet.ts";
import { look, runAgain, runAgent } from "../helpers/fleet-agent.ts";
import { hasCgroups } from "../helpers/job-service.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { severable } from "../helpers/severable.ts";
import { until } from "../helpers/until.ts";

const withNats = test.skipIf(natsServer === undefined);
const sh = (name: string, script: string) => ({ name, command: "/bin/sh", args: ["-c", script] });
const mayManage = () => true;
/** A lease of a second: lost after 11 of them. */
const PATIENCE_MS = 60_000;

const host = { warden: false, pools: { build: { slots: 2 } } };

async function stateOfAgent(member: FleetMember, agent: string): Promise<string | undefined> {
  return (await member.stores.agents.get(tokenOf(agent)))?.value.state;
}

withNats("heartbeats bring leases, and tell what an agent has", async () => {
  await using nats = await startNats();
  await using agent = await runAgent(fleetSettings("host.example", nats.urls, host));
  await until(() => agent.leases.length > 3, "there are several");
  expect(agent.leases).toEqual(agent.leases.toSorted((one, other) => one - other));
  const beat = await agent.stores.agents.get("host=example");
  expect(beat?.value).toMatchObject({
    agent: "host.example",
    state: "up",
    pools: { build: { slots: 2, running: 0 } },
  });
  agent.membership.drain(true);
  await until(
    async () => (await stateOfAgent(agent, "host.example")) === "draining",
    "it says that it drains",
  );
  agent.membership.drain(false);
  await until(async () => (await stateOfAgent(agent, "host.example")) === "up", "and that it does not");
  expect(agent.states).toEqual(["up", "draining", "up"]);
});

test.skipIf(natsServer === undefined || !hasCgroups)(
  "of an agent that falls silent, jobs with a retry run elsewhere, others are lost, and none twice",
  async () => {
    await using nats = await startNats();
    await using warden = await runAgent(fleetSettings("warden", nats.urls));
    const silent = await runAgent(fleetSettings("silent", nats.urls, host));
    await using _ = silent;
    await until(() => silent.states.length === 1, "it is up");
    await submit(warden.context, { order: orderOf(sh("once", "sleep 600")), mayManage });
    await submit(warden.context, { order: orderOf(sh("again", "sleep 600"), { retry: 1 }), mayManage });
    for (const name of ["once", "again"]) {
      await until(async () => (await look(warden, name)) === "RUNNING 1 on silent", `${name} runs`);
    }
    silent.leave();
    await using other = await runAgent(fleetSettings("other", nats.urls, host));
    await until(async () => (await look(warden, "once")) === "FAILED LOST", "it is lost", PATIENCE_MS);
    await until(
      async () => (await look(warden, "again")) === "RUNNING 2 on other",
      "it runs elsewhere",
      PATIENCE_MS,
    );
    expect(await stateOfAgent(warden, "silent")).toBe("lost");
    expect(await stateOfAgent(warden, "other")).toBe("up");
    expect(other.states).toEqual(["up"]);

    // It comes back: nothing of what it had is its own any more.
    const again = await other.stores.jobs.get("again");
    await using back = await runAgain(silent);
    await until(() => back.states.length === 1, "it is up again");
    expect((await silent.service.jobs.list({ statuses: ["RUNNING"] })).jobs).toEqual([]);
    expect(await back.stores.held.keys("silent.*")).toEqual([]);
    expect((await other.stores.jobs.get("again"))?.value).toMatchObject({
      fence: again?.value.fence,
      attempt: 2,
    });
    expect(await look(warden, "once")).toBe("FAILED LOST");
  },
  { timeout: 180_000 },
);

for (const ways of [["there"], ["back"], ["there", "back"]] as const) {
  test.skipIf(natsServer === undefined || !hasCgroups)(
    `of an agent whose words do not go ${ways.join(" nor ")} jobs are dead before they run elsewhere`,
    async () => {
      await using nats = await startNats();
      using link = await severable(Number(new URL(nats.urls[0] ?? "").port));
      await using warden = await runAgent(fleetSettings("warden", nats.urls));
      const far = await runAgent(fleetSettings("far", [`nats://127.0.0.1:${link.port}`], host));
      await using _ = far;
      await until(() => far.states.length === 1, "it is up");
      await submit(warden.context, { order: orderOf(sh("foo", "sleep 600"), { retry: 1 }), mayManage });
      const running = async () => (await far.service.jobs.list({ statuses: ["RUNNING"] })).jobs[0];
      const run = await until(running, "it runs");
      link.cut(ways);
      const { state } = await far.service.jobs.wait({ name: run.name });
      expect(state).toMatchObject({ reason: "LEASE_EXPIRED" });
      expect(await look(warden, "foo")).toBe("RUNNING 1 on far");
      await until(async () => (await look(warden, "foo")) === "PENDING 2", "it waits again", PATIENCE_MS);
    },
    { timeout: 180_000 },
  );
}

withNats(
  "while all of NATS is away nobody is declared lost",
  async () => {
    await using nats = await startNats();
    await using warden = await runAgent(fleetSettings("warden", nats.urls));
    await using agent = await runAgent(fleetSettings("host", nats.urls, host));
    await until(() => agent.states.length === 1, "it is up");
    await submit(warden.context, { order: orderOf(sh("foo", "sleep 600")), mayManage });
    await until(async () => (await look(warden, "foo")) === "RUNNING 1 on host", "it runs");
    const [server] = nats.servers;
    await server?.kill();
    // Longer than any silence that is allowed: what is not there must not come true by waiting longer.
    await Bun.sleep(15_000);
    await server?.start();
    const before = agent.leases.length;
    await until(() => agent.leases.length > before + 2, "heartbeats come through again", PATIENCE_MS);
    await until(() => warden.leases.length > 3, "the warden's as well", PATIENCE_MS);
    expect(await look(warden, "foo")).toBe("RUNNING 1 on host");
    expect(agent.states).toEqual(["up"]);
  },
  { timeout: 180_000 },
);

withNats(
  "two agents of one name: the second stays out while the first is there",
  async () => {
    await using nats = await startNats();
    await using first = await runAgent(fleetSettings("host", nats.urls, host), { instance: "one" });
    await until(() => first.states.length === 1, "it is up");
    await using second = await runAgent(fleetSettings("host", nats.urls, host), { instance: "two" });
    await until(() => second.said.some((line) => line.includes("bears the name host")), "it says so");
    first.leave();
    await until(() => second.states.length === 1, "it takes its place", PATIENCE_MS);
    expect(first.states).toEqual(["up"]);
  },
  { timeout: 180_000 },
);

withNats(
  "who was the warden before its restart is so again at once, and so is another when it leaves",
  async () => {
    await using nats = await startNats();
    await using other = await joinFleet(fleetSettings("other", nats.urls));
    const { leader } = other.stores;
    const holder = async () => (await leader.get(WARDEN_KEY))?.value;
    const before = await leader.create(WARDEN_KEY, { agent: "warden", instance: "one" });
    await using warden = await runAgent(fleetSettings("warden", nats.urls), { instance: "one" });
    // Long before the office of one that is gone ends.
    const isSoon = WARDENSHIP_MS / 2;
    await until(async () => (await holder())?.write !== before?.value.write, "it is in office", isSoon);
    expect(await holder()).toMatchObject({ agent: "warden", instance: "one" });
    void runWarden(other.context);
    warden.leave();
    await until(async () => (await holder())?.agent === "other", "the other is in office", isSoon);
  },
);

withNats("a job on record whose message is gone is put into the queue again, and no other", async () => {
  await using nats = await startNats();
  // Nobody takes what waits in its pool.
  const pools = { full: { slots: 1 }, build: { slots: 1 } };
  await using idle = await joinFleet(fleetSettings("idle", nats.urls, { pools }));
  const queuedAt = new Date(Date.now() - 120_000);
  const waiting = async (name: string, pool: string) => {
    const order = orderOf(sh(name, "true"), { pool });
    const sealed = idle.context.seals.seal(JSON.stringify(order));
    const stored = await idle.stores.jobs.create(name, pendingJob(order, sealed, queuedAt));
    if (!stored) throw new Error("it is there already");
    await enqueue(idle.connection, stored.value);
  };
  await waiting("forgotten", "build");
  const { streams } = await jetstreamManager(idle.connection);
  await streams.purge(QUEUE, { filter: queueSubject("build") });
  await waiting("queued", "full");
  await idle.connection.request(queueSubject("full"), "of nobody");
  await using host = await runAgent(fleetSettings("host", nats.urls, { pools: { build: { slots: 1 } } }));
  await until(async () => (await look(host, "forgotten")).startsWith("SUCCEEDED"), "it runs", PATIENCE_MS);
  expect(host.said.filter((line) => line.includes("is put there again"))).toEqual([
    "job forgotten of the fleet waits without being in a queue: it is put there again",
  ]);
});
