/** What NATS forgets when it has not been written for long, and what has not ended must not be. */
import { expect, test } from "bun:test";
import { jetstreamManager } from "@nats-io/jetstream";
import { BUCKETS, streamOf } from "../../src/fleet/names.ts";
import { provision } from "../../src/fleet/provision.ts";
import { keepAgainMs, sealValidMs } from "../../src/fleet/retention.ts";
import { AgentSeals } from "../../src/fleet/seal.ts";
import { submit } from "../../src/fleet/submit.ts";
import { pendingJob } from "../../src/fleet/transitions.ts";
import type { FleetJob } from "../../src/fleet/types.ts";
import { testCerts } from "../helpers/certs.ts";
import { type FleetMember, fleetSettings, joinFleet, orderOf } from "../helpers/fleet.ts";
import { look, runAgent } from "../helpers/fleet-agent.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { until } from "../helpers/until.ts";

const withNats = test.skipIf(natsServer === undefined);
const sh = (name: string, script: string) => ({ name, command: "/bin/sh", args: ["-c", script] });
const DAY_MS = 86_400_000;

async function recordOf({ stores }: FleetMember, name: string): Promise<FleetJob | undefined> {
  return (await stores.jobs.get(name))?.value;
}

withNats("a key that seals are made with is on record as long as what was sealed with it is", async () => {
  await using nats = await startNats();
  // Shorter than the day after which an agent makes itself another key.
  const settings = fleetSettings("localhost", nats.urls, { keepMs: 3_600_000 });
  await using member = await joinFleet(settings);
  await provision(member.connection, settings);
  const { agent } = await testCerts();
  let notAfter = 0;
  await AgentSeals.open({
    ...{ agent: "localhost", objection: () => undefined, fetchKey: async () => undefined },
    proof: () => ({ certificates: agent.cert, key: agent.key }),
    publishKey: async (_, key) => {
      notAfter = Date.parse(key.notAfter);
    },
    validMs: sealValidMs(settings.keepMs),
  });
  const { config } = await (await jetstreamManager(member.connection)).streams.info(streamOf(BUCKETS.keys));
  const forgottenAt = Date.now() + config.max_age / 1_000_000;
  const lastUsedAt = Date.now() + DAY_MS;
  const lastReadAt = lastUsedAt + keepAgainMs(settings.keepMs) + settings.keepMs;
  expect(forgottenAt).toBeGreaterThan(lastReadAt);
  expect(notAfter).toBeGreaterThan(lastReadAt);
});

withNats("a job that waits for long stays on record, sealed by who looks after it", async () => {
  await using nats = await startNats();
  await using warden = await runAgent(fleetSettings("warden", nats.urls, { keepMs: 8_000 }));
  const order = orderOf(sh("foo", "true"));
  const sealed = { key: "sender.test", body: JSON.stringify(order), signature: "" };
  await warden.stores.jobs.create("foo", pendingJob(order, sealed, new Date()));
  const sealer = async () => (await recordOf(warden, "foo"))?.order.key;
  await until(async () => (await sealer()) === "warden.test", "it is sealed anew");
  expect(await look(warden, "foo")).toBe("PENDING 1");
});

withNats("a job that runs for long stays on record, sealed by who runs it", async () => {
  await using nats = await startNats();
  await using sender = await joinFleet(fleetSettings("sender", nats.urls));
  await using host = await runAgent(fleetSettings("host", nats.urls, { pools: { build: { slots: 1 } } }));
  await submit(sender.context, { order: orderOf(sh("foo", "sleep 600")), mayManage: () => true });
  await until(async () => (await look(host, "foo")) === "RUNNING 1 on host", "it runs");
  await host.worker.patrol();
  expect((await recordOf(host, "foo"))?.order.key).toBe("sender.test");
  const held = await host.stores.held.get("host.foo");
  if (!held) throw new Error("it is not held");
  const at = new Date(Date.now() - keepAgainMs(host.context.settings.keepMs) - 1).toISOString();
  await host.stores.held.put("host.foo", { ...held.value, at });
  await host.worker.patrol();
  expect(await recordOf(host, "foo")).toMatchObject({
    order: { key: "host.test", body: expect.stringContaining('"tenant":"alice"') },
  });
});
