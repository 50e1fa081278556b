/** What lies in NATS and makes no sense: a newer agent has written it, or somebody who should not have. */
import { expect, test } from "bun:test";
import { FleetList } from "../../src/agent/fleet/list.ts";
import { watchFleet } from "../../src/agent/fleet/watch.ts";
import { BUCKETS, queueSubject } from "../../src/fleet/names.ts";
import { queueOf } from "../../src/fleet/queue.ts";
import { submit } from "../../src/fleet/submit.ts";
import { type FleetMember, fleetSettings, orderOf } from "../helpers/fleet.ts";
import { look, runAgain, runAgent } from "../helpers/fleet-agent.ts";
import { errorOf } from "../helpers/job-service.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { until } from "../helpers/until.ts";

const withNats = test.skipIf(natsServer === undefined);
const sh = (name: string, script: string) => ({ name, command: "/bin/sh", args: ["-c", script] });
const mayManage = () => true;
const host = { warden: false, pools: { build: { slots: 2 } } };
/** A lease of a second: lost after 11 of them. */
const PATIENCE_MS = 60_000;

function damage({ connection }: FleetMember, ...subjects: readonly string[]): Promise<unknown> {
  return Promise.all(subjects.map((subject) => connection.request(subject, '{"version":2}')));
}

withNats(
  "keeps nobody from finding out who is lost, nor lists from being made",
  async () => {
    await using nats = await startNats();
    await using warden = await runAgent(fleetSettings("warden", nats.urls));
    await using silent = await runAgent(fleetSettings("silent", nats.urls, host));
    await until(() => silent.states.length === 1, "it is up");
    await submit(warden.context, { order: orderOf(sh("foo", "sleep 600")), mayManage });
    await until(async () => (await look(warden, "foo")) === "RUNNING 1 on silent", "it runs");
    silent.leave();
    const { jobs, agents, held } = BUCKETS;
    await damage(warden, `$KV.${jobs}.damaged`, `$KV.${agents}.damaged`, `$KV.${held}.silent.damaged`);
    await damage(warden, `$KV.${agents}.silent`);
    await until(async () => (await look(warden, "foo")) === "FAILED LOST", "it is lost", PATIENCE_MS);
    expect((await warden.stores.agents.get("silent"))?.value.state).toBe("lost");
    expect(warden.said).toContain(`what ${agents} has as silent makes no sense`);

    const page = await new FleetList().page(warden.context, {});
    expect(page.jobs.map(({ name }) => name)).toEqual(["foo"]);
    const over = new AbortController();
    for await (const event of watchFleet(warden.context, 0, over.signal)) {
      if ("live" in event) continue;
      expect(event).toMatchObject({ type: "ENDED", job: { name: "foo" } });
      over.abort();
    }
    expect((await errorOf(warden.stores.jobs.get("damaged"))).message).toBe(
      `what ${jobs} has as damaged makes no sense`,
    );
  },
  { timeout: 180_000 },
);

withNats("an agent whose heartbeat was written over puts its house in order and goes on", async () => {
  await using nats = await startNats();
  await using agent = await runAgent(fleetSettings("host", nats.urls, host));
  await until(() => agent.states.length === 1, "it is up");
  await damage(agent, `$KV.${BUCKETS.agents}.host`);
  await until(() => agent.states.length === 3, "it has joined again");
  expect(agent.states).toEqual(["up", "joining", "up"]);
  expect((await agent.stores.agents.get("host"))?.value.state).toBe("up");
});

withNats("a job whose record was written over is nobody's to run, and holds nobody up", async () => {
  await using nats = await startNats();
  await using agent = await runAgent(fleetSettings("host", nats.urls, host));
  await until(() => agent.states.length === 1, "it is up");
  for (const name of ["foo", "bar"]) {
    await submit(agent.context, { order: orderOf(sh(name, "sleep 600")), mayManage });
    await until(async () => (await look(agent, name)) === "RUNNING 1 on host", `${name} runs`);
  }
  agent.leave();
  await damage(agent, `$KV.${BUCKETS.jobs}.foo`, `$KV.${BUCKETS.held}.host.bar`);

  await using back = await runAgain(agent);
  await until(() => back.states.length === 1, "it has joined again");
  const { jobs } = await agent.service.jobs.list({ statuses: ["RUNNING"] });
  expect(jobs.map(({ labels }) => labels["lpr.fleet"])).toEqual([expect.stringMatching(/^bar\./)]);
  expect(await back.stores.held.keys("host.*")).toEqual(["host.bar"]);
  expect((await back.stores.held.get("host.bar"))?.value.id).toBeDefined();
});

withNats("a message of the queue that makes no sense is thrown away", async () => {
  await using nats = await startNats();
  await using agent = await runAgent(fleetSettings("host", nats.urls, host));
  await damage(agent, queueSubject("build"));
  const isEmpty = async () => (await queueOf(agent.connection, "build")).queued === 0;
  await until(isEmpty, "it is gone");
  await until(() => agent.said.some((line) => line.includes("makes no sense")), "that is said");
});
