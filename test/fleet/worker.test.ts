import { expect, test } from "bun:test";
import { jetstreamManager } from "@nats-io/jetstream";
import { FleetList } from "../../src/agent/fleet/list.ts";
import { consumerOf, QUEUE } from "../../src/fleet/names.ts";
import { submit } from "../../src/fleet/submit.ts";
import { askStop } from "../../src/fleet/transitions.ts";
import { JobError } from "../../src/job/errors.ts";
import { bootTimeMs } from "../../src/job/index.ts";
import type { FleetMember } from "../helpers/fleet.ts";
import { fleetSettings, joinFleet, orderOf, stateOf } from "../helpers/fleet.ts";
import { errorOf } from "../helpers/job-service.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const withNats = test.skipIf(natsServer === undefined);
const sh = (name: string, script: string) => ({ name, command: "/bin/sh", args: ["-c", script] });
const mayManage = () => true;
const build = (slots: number) => ({ pools: { build: { slots } } });

async function look(member: FleetMember, name: string): Promise<string> {
  return stateOf((await member.stores.jobs.get(name))?.value);
}

withNats("a job that is sent to a pool runs on an agent of it, and its end is on record", async () => {
  await using nats = await startNats();
  await using sender = await joinFleet(fleetSettings("sender", nats.urls));
  await using host = await joinFleet(fleetSettings("host.example", nats.urls, build(2)));
  void host.worker.run();
  const order = orderOf(sh("foo", "exit 3"));
  expect(await submit(sender.context, { order, mayManage })).toEqual({
    name: "foo",
    id: order.id,
    existing: false,
  });
  expect(await look(sender, "foo")).toBe("PENDING 1");
  host.worker.take(1);
  await until(async () => (await look(sender, "foo")) === "FAILED EXITED 3", "the end is on record");
  await until(async () => (await host.stores.held.keys()).length === 0, "nothing is held any more");
  await until(() => host.worker.running === 0, "the slot is free");
});

withNats("no more jobs run at a time than there are slots, and all of them run once", async () => {
  await using nats = await startNats();
  using dir = tempDir();
  await using sender = await joinFleet(fleetSettings("sender", nats.urls));
  await using one = await joinFleet(fleetSettings("one", nats.urls, build(2)));
  await using two = await joinFleet(fleetSettings("two", nats.urls, build(3)));
  const names = Array.from({ length: 40 }, (_, index) => `job-${index}`);
  const script = (name: string) => `echo "$LPR_FENCE" >> ${dir.path}/${name}; sleep 0.05`;
  await Promise.all(
    names.map((name) => submit(sender.context, { order: orderOf(sh(name, script(name))), mayManage })),
  );
  let most = 0;
  for (const { worker } of [one, two]) {
    void worker.run();
    worker.take(1);
  }
  const ended = async () => {
    most = Math.max(most, one.worker.running, two.worker.running);
    const states = await Promise.all(names.map((name) => look(sender, name)));
    return states.every((state) => state === "SUCCEEDED EXITED 0");
  };
  await until(ended, "all have ended", 60_000);
  expect(most).toBeLessThanOrEqual(3);
  expect(most).toBeGreaterThan(1);
  const runs = await Promise.all(names.map((name) => Bun.file(dir.join(name)).text()));
  expect(runs.filter((text) => !/^\d+\n$/.test(text))).toEqual([]);
});

withNats("a job that cannot be started has failed, and says why", async () => {
  await using nats = await startNats();
  await using host = await joinFleet(fleetSettings("host", nats.urls, build(1)));
  void host.worker.run();
  host.worker.take(1);
  await submit(host.context, { order: orderOf({ name: "foo", command: "/does/not/exist" }), mayManage });
  await until(async () => (await look(host, "foo")) === "FAILED START_FAILED", "it has failed");
  const record = await host.stores.jobs.get("foo");
  expect(record?.value.state).toMatchObject({
    message: expect.stringContaining('"/does/not/exist" does not exist'),
  });
});

withNats("a job as large as may be comes to its end, and a larger one is refused", async () => {
  await using nats = await startNats();
  await using host = await joinFleet(fleetSettings("host", nats.urls, build(1)));
  void host.worker.run();
  host.worker.take(1);
  const argument = "x".repeat(100_000);
  const large = (name: string, count: number) =>
    orderOf({ name, command: "true", args: Array.from({ length: count }, () => argument) });
  // NATS takes 1 MiB: what is bytes in a request is a third more in a record.
  await submit(host.context, { order: large("most", 7), mayManage });
  await until(async () => (await look(host, "most")) === "SUCCEEDED EXITED 0", "its end is on record");
  const [job] = (await new FleetList().page(host.context, {})).jobs;
  expect(job).toMatchObject({ command: "true", args: Array.from({ length: 7 }, () => argument) });
  const refused = await errorOf(submit(host.context, { order: large("more", 8), mayManage }));
  expect(refused.code).toBe("INVALID_INPUT");
  expect(refused.message).toMatch(
    /^command, args, env and labels must take at most 1015808 bytes, packed for the fleet, got 10\d{5}$/,
  );
});

/** How often jobs of the pool were given out. */
async function offers({ connection }: FleetMember): Promise<number> {
  const { consumers } = await jetstreamManager(connection);
  return (await consumers.info(QUEUE, consumerOf("build"))).delivered.consumer_seq;
}

withNats(
  "a host leaves a job to others while it has no room, and gives it back when it proves to have none",
  async () => {
    await using nats = await startNats();
    await using host = await joinFleet(fleetSettings("host", nats.urls, build(1)));
    await using full = await joinFleet(fleetSettings("full", nats.urls, build(1)));
    const { startOrder, jobs } = full.context;
    let refusal: Error | undefined;
    Object.assign(full.context, {
      startOrder: async (...start: Parameters<typeof startOrder>) => {
        if (refusal) throw refusal;
        return startOrder(...start);
      },
    });
    jobs.requireRoom = () => {
      throw new JobError("DISK_FULL", "the disk of the agent is full");
    };
    for (const { worker } of [host, full]) void worker.run();
    full.worker.take(1);
    await submit(full.context, { order: orderOf(sh("foo", "exit 3")), mayManage });
    await until(async () => (await offers(full)) > 1, "it is offered more than once");
    expect(await look(full, "foo")).toBe("PENDING 1");
    host.worker.take(1);
    await until(async () => (await look(host, "foo")) === "FAILED EXITED 3", "it has run elsewhere");
    host.worker.hold();

    jobs.requireRoom = () => undefined;
    refusal = new JobError("QUOTA_EXCEEDED", "there is none");
    await submit(full.context, { order: orderOf(sh("bar", "exit 4")), mayManage });
    await until(() => full.said.includes("job bar goes back to its queue: there is none"), "it goes back");
    refusal = undefined;
    await until(async () => (await look(host, "bar")) === "FAILED EXITED 4", "it has run");
  },
);

withNats("a job whose start fails by a defect of its host is found by the next patrol", async () => {
  await using nats = await startNats();
  await using host = await joinFleet(fleetSettings("host", nats.urls, build(1)));
  const { startOrder } = host.context;
  Object.assign(host.context, { startOrder: () => Promise.reject(new Error("a defect")) });
  void host.worker.run();
  host.worker.take(1);
  await submit(host.context, { order: orderOf(sh("foo", "exit 5")), mayManage });
  await until(() => host.said.some((line) => line.endsWith("Error: a defect")), "it was not started");
  Object.assign(host.context, { startOrder });
  await host.worker.patrol();
  await until(async () => (await look(host, "foo")) === "FAILED EXITED 5", "it has run");
});

withNats("who has no lease claims nothing, as it may be lost", async () => {
  await using nats = await startNats();
  await using host = await joinFleet(fleetSettings("host", nats.urls, build(1)));
  let leasedUntilMs = bootTimeMs();
  Object.defineProperty(host.context.jobs, "leasedUntilMs", { get: () => leasedUntilMs });
  void host.worker.run();
  host.worker.take(1);
  await submit(host.context, { order: orderOf(sh("foo", "exit 3")), mayManage });
  await until(async () => (await offers(host)) > 1, "it is offered more than once");
  expect(await look(host, "foo")).toBe("PENDING 1");
  leasedUntilMs = Number.POSITIVE_INFINITY;
  await until(async () => (await look(host, "foo")) === "FAILED EXITED 3", "it has run");
});

withNats("an order that nobody may be believed about is refused", async () => {
  await using nats = await startNats();
  await using sender = await joinFleet(fleetSettings("sender", nats.urls));
  await using host = await joinFleet(fleetSettings("host", nats.urls, build(1)));
  void host.worker.run();
  host.worker.take(1);
  const order = orderOf(sh("foo", "exit 0"));
  const forged = {
    ...sender.context,
    seals: {
      ...sender.context.seals,
      seal: () => ({ key: "x.y", body: JSON.stringify({ ...order, tenant: "root" }), signature: "" }),
    },
  };
  await submit(forged, { order, mayManage });
  await until(async () => (await look(host, "foo")) === "FAILED START_FAILED", "it is refused");
  expect(host.worker.running).toBe(0);
});

withNats("a job that asks for more than is free waits, and runs where there is room", async () => {
  await using nats = await startNats();
  const small = { pools: { build: { slots: 4, memoryBytes: 1_000_000_000 } } };
  const large = { pools: { build: { slots: 4, memoryBytes: 8_000_000_000 } } };
  await using one = await joinFleet(fleetSettings("small", nats.urls, small));
  await using two = await joinFleet(fleetSettings("large", nats.urls, large), { startOrder: ranAs });
  for (const { worker } of [one, two]) {
    void worker.run();
    worker.take(1);
  }
  const order = orderOf({ ...sh("foo", "exit 0"), limits: { memoryBytes: 2_000_000_000 } });
  await submit(one.context, { order, mayManage });
  await until(async () => (await look(one, "foo")).startsWith("FAILED"), "an agent has tried it");
  expect((await one.stores.jobs.get("foo"))?.value.state).toMatchObject({ agent: "large" });
});

const ranAs = async () => {
  const { JobError } = await import("../../src/job/errors.ts");
  throw new JobError("HOST_UNSUPPORTED", "this host has no limits");
};

withNats("jobs that wait for more room do not come again and again all at once", async () => {
  await using nats = await startNats();
  const pools = { build: { slots: 2, cpuCores: 2 } };
  await using host = await joinFleet(fleetSettings("host", nats.urls, { pools }));
  const large = Array.from({ length: 200 }, (_, index) => ({
    ...{ name: `large-${index}`, command: "true", limits: { cpuCores: 4 } },
  }));
  await Promise.all(large.map((job) => submit(host.context, { order: orderOf(job), mayManage })));
  void host.worker.run();
  host.worker.take(1);
  await until(async () => (await offers(host)) > large.length, "each was offered");
  const [began, before] = [performance.now(), await offers(host)];
  await until(async () => performance.now() - began > 3_000, "more of them are offered");
  const offered = (await offers(host)) - before;
  // One each 20 ms, and a few that were on their way.
  expect(offered).toBeLessThan((performance.now() - began) / 20 + 10);
  expect(offered).toBeGreaterThan(0);
  await submit(host.context, { order: orderOf(sh("small", "exit 1")), mayManage });
  await until(async () => (await look(host, "small")) === "FAILED EXITED 1", "what fits has run");
});

withNats("a job goes to a host with the labels it prefers while there is one", async () => {
  await using nats = await startNats();
  await using plain = await joinFleet(fleetSettings("plain", nats.urls, build(8)));
  await using fast = await joinFleet(
    fleetSettings("fast", nats.urls, { ...build(8), labels: { disk: "nvme" } }),
  );
  for (const { worker } of [plain, fast]) {
    void worker.run();
    worker.take(1);
  }
  const names = ["a", "b", "c", "d", "e", "f"];
  for (const name of names) {
    await submit(plain.context, {
      order: orderOf(sh(name, "exit 0"), { prefer: { disk: "nvme" } }),
      mayManage,
    });
  }
  await until(
    async () =>
      (await Promise.all(names.map((name) => look(plain, name)))).every((state) =>
        state.startsWith("SUCCEEDED"),
      ),
    "all have ended",
  );
  const agents = await Promise.all(
    names.map(async (name) => (await plain.stores.jobs.get(name))?.value.state),
  );
  expect(agents.filter((state) => state && "agent" in state && state.agent !== "fast")).toEqual([]);
});

withNats(
  "an agent that comes back goes on with its jobs, ends those it may not run any more, and gives back what it never started",
  async () => {
    await using nats = await startNats();
    await using host = await joinFleet(fleetSettings("host", nats.urls, build(4)));
    using dir = tempDir();
    void host.worker.run();
    host.worker.take(1);
    const gate = `until [ -e ${dir.path}/go ]; do sleep 0.02; done`;
    for (const name of ["mine", "lost"])
      await submit(host.context, { order: orderOf(sh(name, gate)), mayManage });
    await until(
      async () => (await host.service.jobs.list({ statuses: ["RUNNING"] })).jobs.length === 2,
      "both run",
    );
    host.leave();

    // While it is away: one is taken from it, and one was claimed by it and not started.
    const lost = await host.stores.jobs.get("lost");
    if (lost?.value.state.status !== "RUNNING") throw new Error("it does not run");
    await host.stores.jobs.replace(
      "lost",
      {
        ...lost.value,
        state: {
          ...lost.value.state,
          status: "FAILED",
          reason: "LOST",
          finishedAt: new Date().toISOString(),
        },
      },
      lost.revision,
    );
    await submit(host.context, { order: orderOf(sh("claimed", "exit 7")), mayManage });
    const pending = await host.stores.jobs.get("claimed");
    if (!pending) throw new Error("no record");
    const claimedAt = new Date().toISOString();
    await host.stores.held.put("host.claimed", {
      id: pending.value.id,
      fence: pending.revision,
      at: claimedAt,
    });
    const attempt = { agent: "host", localName: "claimed-r1", claimedAt, joined: 1 };
    await host.stores.jobs.replace(
      "claimed",
      { ...pending.value, fence: pending.revision, state: { status: "RUNNING", ...attempt } },
      pending.revision,
    );

    await using back = await rejoin(host);
    await back.worker.reconcile();
    const left = (await host.service.jobs.list({ statuses: ["RUNNING"] })).jobs.map(
      ({ labels }) => labels["lpr.fleet"],
    );
    expect(left).toEqual([expect.stringMatching(/^mine\./)]);
    expect(await look(host, "lost")).toBe("FAILED LOST");
    await until(async () => (await look(host, "claimed")) === "PENDING 2", "it waits again");
    void back.worker.run();
    back.worker.take(1);
    await until(async () => (await look(host, "claimed")) === "FAILED EXITED 7", "it has run");
    await Bun.write(dir.join("go"), "");
    await until(async () => (await look(host, "mine")) === "SUCCEEDED EXITED 0", "the other has ended");
    await until(async () => (await host.stores.held.keys()).length === 0, "nothing is held any more");
  },
);

/** The next process of the same agent, on the jobs it has. */
async function rejoin(member: FleetMember): Promise<FleetMember> {
  const { jobs } = member.service;
  return joinFleet(member.context.settings, {
    jobs: member.context.jobs,
    startOrder: member.context.startOrder,
    about: { version: String(jobs.runningJobs), hostname: "host" },
  });
}

withNats("a stop that is on record is done by the patrol of the holder", async () => {
  await using nats = await startNats();
  await using host = await joinFleet(fleetSettings("host", nats.urls, build(1)));
  void host.worker.run();
  host.worker.take(1);
  await submit(host.context, { order: orderOf(sh("foo", "sleep 600")), mayManage });
  await until(async () => (await look(host, "foo")) === "RUNNING 1 on host", "it runs");
  const record = await host.stores.jobs.get("foo");
  const asked = record && askStop(record.value, { by: "bob" }, new Date());
  if (!record || !asked) throw new Error("it cannot be stopped");
  await host.stores.jobs.replace("foo", asked, record.revision);
  await host.worker.patrol();
  await until(async () => (await look(host, "foo")) === "FAILED STOPPED 143", "it is stopped");
  expect((await host.stores.jobs.get("foo"))?.value.state).toMatchObject({ causedBy: "bob" });
});

withNats("an agent that takes no more jobs brings those to an end that it has", async () => {
  await using nats = await startNats();
  await using host = await joinFleet(fleetSettings("host", nats.urls, build(2)));
  void host.worker.run();
  host.worker.take(1);
  await submit(host.context, { order: orderOf(sh("first", "sleep 0.3")), mayManage });
  await until(async () => (await look(host, "first")) === "RUNNING 1 on host", "it runs");
  host.worker.hold();
  await submit(host.context, { order: orderOf(sh("second", "exit 0")), mayManage });
  await until(async () => (await look(host, "first")) === "SUCCEEDED EXITED 0", "it has ended");
  expect(await look(host, "second")).toBe("PENDING 1");
  host.worker.take(1);
  await until(async () => (await look(host, "second")) === "SUCCEEDED EXITED 0", "the other runs as well");
});
