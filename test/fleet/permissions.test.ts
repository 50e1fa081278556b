/** What the account that we ship lets an agent do on a real server: its part in the fleet, and nothing else. */
import { describe, expect, test } from "bun:test";
import { readFileSync, statSync } from "node:fs";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import {
  connect,
  headers,
  type NatsConnection,
  nkeyAuthenticator,
  RequestError,
} from "@nats-io/transport-node";
import { writeNatsConfig } from "../../src/agent/fleet/write-nats-config.ts";
import { BUCKETS, blockKey, QUEUE } from "../../src/fleet/names.ts";
import { queueOf } from "../../src/fleet/queue.ts";
import { submit } from "../../src/fleet/submit.ts";
import { fleetSettings, orderOf, stateOf } from "../helpers/fleet.ts";
import { runAgent } from "../helpers/fleet-agent.ts";
import { errorOf } from "../helpers/job-service.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const ADMIN = { user: "admin", pass: "secret" };
const AGENTS = ["a.test:build", "b.test:build", "warden.test:other"];

/** A server that knows three agents; the admin is there to look at what they do. */
async function startRestricted() {
  const dir = tempDir();
  writeNatsConfig(dir.path, AGENTS, ["warden.test"]);
  const config = readFileSync(dir.join("lpr-fleet.conf"), "utf8");
  const admin = `users: [ { user: ${ADMIN.user}, password: ${ADMIN.pass} }`;
  const nats = await startNats(1, config.replace("users: [", admin), ADMIN);
  const seed = (name: string) => dir.join(`${name}.nk`);
  const settings = (name: string, more: object = {}) =>
    fleetSettings(name, nats.urls, { credentials: seed(name), warden: false, ...more });
  return {
    ...{ nats, settings },
    connect: async (name: string) =>
      connect({
        servers: [...nats.urls],
        authenticator: nkeyAuthenticator(new TextEncoder().encode(readFileSync(seed(name), "utf8").trim())),
        inboxPrefix: `_INBOX.${name.replace(".", "=")}`,
        timeout: 1_000,
      }),
    [Symbol.asyncDispose]: async () => {
      await nats[Symbol.asyncDispose]();
      dir[Symbol.dispose]();
    },
  };
}

describe.if(natsServer !== undefined)("an agent with the permissions that we ship", () => {
  test("does its part: it joins, sends, claims, runs and reports jobs, and looks after others as a warden", async () => {
    await using server = await startRestricted();
    const pools = { pools: { build: { slots: 2 } } };
    await using warden = await runAgent(
      server.settings("warden.test", { warden: true, pools: { other: { slots: 1 } } }),
    );
    await using sender = await runAgent(server.settings("a.test", { pools: { build: { slots: 1 } } }));
    await using host = await runAgent(server.settings("b.test", pools));
    await until(
      () => [warden, sender, host].every(({ states }) => states.at(-1) === "up"),
      "all have joined",
    );
    sender.worker.hold();
    const order = orderOf({ name: "foo", command: "/bin/sh", args: ["-c", "exit 4"] });
    await submit(sender.context, { order, mayManage: () => true });
    const record = async () => stateOf((await sender.stores.jobs.get("foo"))?.value);
    await until(async () => (await record()) === "FAILED EXITED 4", "it has run");
    const leader = await until(() => warden.stores.leader.get("warden"), "there is a warden");
    expect(leader.value.agent).toBe("warden.test");
    for await (const { value } of sender.stores.jobs.all()) expect(value?.name).toBe("foo");
    expect([...warden.said, ...sender.said, ...host.said].filter((line) => /permission/i.test(line))).toEqual(
      [],
    );
  });

  test("does nothing in the name of another, and harms no stream", async () => {
    await using server = await startRestricted();
    await using victim = await runAgent(server.settings("b.test", { pools: { build: { slots: 1 } } }));
    await until(() => victim.states.at(-1) === "up", "the victim is there");
    const hostile = await server.connect("a.test");
    const publishes: readonly (readonly [subject: string, text?: string])[] = [
      [`$KV.${BUCKETS.agents}.b=test`, "{}"],
      [`$KV.${BUCKETS.keys}.b=test.${"0".repeat(32)}`, "{}"],
      [`$KV.${BUCKETS.held}.b=test.foo`, "{}"],
      [`$KV.${BUCKETS.leader}.warden`, "{}"],
      [`$JS.API.STREAM.DELETE.KV_${BUCKETS.jobs}`],
      [`$JS.API.STREAM.PURGE.KV_${BUCKETS.jobs}`],
      [`$JS.API.STREAM.UPDATE.${QUEUE}`, "{}"],
      [`$JS.API.STREAM.MSG.DELETE.KV_${BUCKETS.jobs}`, '{"seq":1}'],
      ["$JS.API.STREAM.CREATE.MINE", '{"name":"MINE","subjects":["x"]}'],
      [`$JS.API.CONSUMER.DELETE.${QUEUE}.pool-build`],
      [`$JS.API.CONSUMER.MSG.NEXT.${QUEUE}.pool-other`, "1"],
      [`$JS.API.CONSUMER.CREATE.${QUEUE}.pool-build.lpr.queue.other`, "{}"],
      [`$JS.API.CONSUMER.DURABLE.CREATE.${QUEUE}.pool-build`, "{}"],
      [`$JS.API.DIRECT.GET.${QUEUE}`, '{"seq":1}'],
      ["_INBOX.b=test.x", "hello"],
      ["anything.else", "hello"],
    ];
    for (const [subject, text = ""] of publishes) {
      expect({ subject, said: await refusalOf(hostile, subject, text) }).toEqual({
        subject,
        said: "permission",
      });
    }
    for (const subject of ["lpr.agent.b=test.call", "_INBOX.b=test.>", "$KV.>", ">", "lpr.queue.>"]) {
      expect({ subject, said: await subscriptionOf(hostile, subject) }).toEqual({
        subject,
        said: "permission",
      });
    }
    const admin = await connect({ servers: [...server.nats.urls], ...ADMIN });
    const manager = await jetstreamManager(admin);
    const { config } = await manager.streams.info(`KV_${BUCKETS.jobs}`);
    expect(config.name).toBe(`KV_${BUCKETS.jobs}`);
    // What it may do, beside: the checks above do not pass because nothing passes.
    expect(await refusalOf(hostile, `$JS.API.STREAM.INFO.KV_${BUCKETS.jobs}`, "")).toBe("answered");
    expect((await jetstream(hostile).publish("lpr.queue.build", "{}")).seq).toBeGreaterThan(0);
    await Promise.all([hostile.close(), admin.close()]);
  });

  test("says what it is refused", async () => {
    await using server = await startRestricted();
    await using agent = await runAgent(server.settings("a.test", { warden: true }));
    const refusals = () => agent.said.filter((line) => line.startsWith("the fleet cannot be looked after"));
    await until(() => refusals().length > 0, "it says that it cannot be a warden");
    expect(refusals()).toEqual([
      "the fleet cannot be looked after: NATS does not let this agent do its part in the fleet: " +
        'Permissions Violation for Publish to "$KV.lpr_leader.warden"',
    ]);
  });

  test("empties no bucket by what it may write there", async () => {
    await using server = await startRestricted();
    await using victim = await runAgent(server.settings("b.test"));
    await until(() => victim.states.at(-1) === "up", "the victim is there");
    const hostile = await server.connect("a.test");
    const rollup = headers();
    rollup.set("Nats-Rollup", "all");
    for (const subject of [`$KV.${BUCKETS.agents}.a=test`, `$KV.${BUCKETS.jobs}.foo`, "lpr.queue.build"]) {
      const answer = await hostile.request(subject, "", { headers: rollup, timeout: 5_000 });
      expect(answer.json()).toMatchObject({ error: { description: "rollup not permitted" } });
    }
    expect(await victim.stores.agents.keys()).toEqual(["b=test"]);
    await hostile.close();
  });

  test("has the server write no heartbeat of another in its place, as an answer to itself", async () => {
    await using server = await startRestricted();
    await using victim = await runAgent(server.settings("b.test"));
    await until(() => victim.states.at(-1) === "up", "the victim is there");
    const hostile = await server.connect("a.test");
    const forged = "forged heartbeat";
    const { seq } = await jetstream(hostile).publish("lpr.queue.build", forged);
    const target = `$KV.${BUCKETS.agents}.c=test`;
    hostile.publish(`$JS.API.DIRECT.GET.${QUEUE}`, JSON.stringify({ seq }), { reply: target });
    // Answered after what was sent before it.
    expect(await refusalOf(hostile, `$JS.API.STREAM.INFO.${QUEUE}`, "")).toBe("answered");
    const admin = await connect({ servers: [...server.nats.urls], ...ADMIN });
    const { state } = await (await jetstreamManager(admin)).streams.info(`KV_${BUCKETS.agents}`, {
      subjects_filter: ">",
    });
    expect(state.subjects).toEqual({ [`$KV.${BUCKETS.agents}.b=test`]: 1 });
    await Promise.all([hostile.close(), admin.close()]);
  });

  test("has no consumer deliver a heartbeat of another in its place", async () => {
    await using server = await startRestricted();
    await using victim = await runAgent(server.settings("b.test"));
    await until(() => victim.states.at(-1) === "up", "the victim is there");
    const hostile = await server.connect("a.test");
    const source = `$KV.${BUCKETS.logs}.a=test.forged`;
    await jetstream(hostile).publish(source, "forged heartbeat");
    const stream = `KV_${BUCKETS.logs}`;
    const consumer = { name: "forger", filter_subject: source, ack_policy: "none", deliver_policy: "all" };
    const deliver_subject = `$KV.${BUCKETS.agents}.c=test`;
    const create = JSON.stringify({ stream_name: stream, config: { ...consumer, deliver_subject } });
    await hostile.request(`$JS.API.CONSUMER.CREATE.${stream}.forger.${source}`, create);
    // The server sends to who listens to that very subject, which a stream of all such subjects does not.
    const admin = await connect({ servers: [...server.nats.urls], ...ADMIN });
    const manager = await jetstreamManager(admin);
    const { delivered, num_pending } = await manager.consumers.info(stream, "forger");
    expect({ delivered: delivered.consumer_seq, num_pending }).toEqual({ delivered: 0, num_pending: 1 });
    const { state } = await manager.streams.info(`KV_${BUCKETS.agents}`, { subjects_filter: ">" });
    expect(state.subjects).toEqual({ [`$KV.${BUCKETS.agents}.b=test`]: 1 });
    await Promise.all([hostile.close(), admin.close()]);
  });

  test("keeps the output of its jobs in NATS, and removes it", async () => {
    await using server = await startRestricted();
    await using agent = await runAgent(server.settings("a.test"));
    const key = blockKey("a.test", "id", 7, 0);
    await agent.stores.logs.put(key, new TextEncoder().encode("output"));
    expect(new TextDecoder().decode(await agent.stores.logs.get(key))).toBe("output");
    await agent.stores.logs.remove(key);
    expect(await agent.stores.logs.get(key)).toBeUndefined();
  });

  test("sees what waits in a pool, and for how long", async () => {
    await using server = await startRestricted();
    await using agent = await runAgent(server.settings("a.test", { pools: { build: { slots: 1 } } }));
    agent.worker.hold();
    const order = orderOf({ name: "foo", command: "true" });
    await submit(agent.context, { order, mayManage: () => true });
    const { queued, oldestQueuedAt } = await queueOf(agent.connection, "build");
    expect({ queued, waits: oldestQueuedAt instanceof Date }).toEqual({ queued: 1, waits: true });
  });

  test("nobody else is let in", async () => {
    await using server = await startRestricted();
    await expect(connect({ servers: [...server.nats.urls], reconnect: false })).rejects.toThrow(
      /Authorization/i,
    );
  });
});

/** How the server answers: "permission" when it refuses to hear it. */
async function refusalOf(connection: NatsConnection, subject: string, text: string): Promise<string> {
  try {
    await connection.request(subject, text, { timeout: 1_000, headers: headers() });
    return "answered";
  } catch (error) {
    const cause = error instanceof RequestError ? error.cause : error;
    return /permission/i.test(String(cause)) ? "permission" : `${cause}`;
  }
}

async function subscriptionOf(connection: NatsConnection, subject: string): Promise<string> {
  const subscription = connection.subscribe(subject);
  const failed = await Promise.race([subscription.closed, Bun.sleep(1_000).then(() => undefined)]);
  subscription.unsubscribe();
  return failed instanceof Error && /permission/i.test(failed.message) ? "permission" : "subscribed";
}

describe("the keys of agents", () => {
  test("are theirs alone, and stay when the configuration is written again", () => {
    using dir = tempDir();
    const first = writeNatsConfig(dir.path, ["a.test", "b.test:build"], ["a.test"]);
    expect(first.seeds.map(({ agent, isNew }) => [agent, isNew])).toEqual([
      ["a.test", true],
      ["b.test", true],
    ]);
    expect(statSync(dir.join("a.test.nk")).mode & 0o777).toBe(0o600);
    const before = readFileSync(dir.join("a.test.nk"), "utf8");
    expect(before).toMatch(/^SU[A-Z2-7]+\n$/);
    expect(readFileSync(first.config, "utf8")).not.toContain(before.trim());
    const second = writeNatsConfig(dir.path, ["a.test", "c.test"], ["a.test"]);
    expect(second.seeds.map(({ agent, isNew }) => [agent, isNew])).toEqual([
      ["a.test", false],
      ["c.test", true],
    ]);
    expect(readFileSync(dir.join("a.test.nk"), "utf8")).toBe(before);
  });

  test("what is asked is refused with every problem", async () => {
    using dir = tempDir();
    const error = await errorOf(
      Promise.try(() => writeNatsConfig(dir.path, ["a b", "c:-x", "d", "d"], ["e"])),
    );
    expect(error).toMatchObject({ code: "INVALID_INPUT" });
    for (const part of ['"a b"', '"-x"', "d several times", '"e"']) expect(String(error)).toContain(part);
  });
});
