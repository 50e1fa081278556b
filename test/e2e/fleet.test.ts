/** Jobs of a fleet, reached through an agent that does not run them. */
import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { waitForEnd } from "../../src/cli/follow.ts";
import type { Client } from "../../src/client/index.ts";
import type { StreamLogsInput } from "../../src/job/types.ts";
import { type AgentProcess, spawnAgent } from "../helpers/agent-process.ts";
import { errorOf, hasCgroups } from "../helpers/job-service.ts";
import { natsServer, startNats } from "../helpers/nats.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const withNats = test.skipIf(natsServer === undefined);
/** Jobs with a retry are leased. */
const withNatsAndCgroups = test.skipIf(natsServer === undefined || !hasCgroups);
const sh = (name: string, script: string) => ({ name, command: "/bin/sh", args: ["-c", script] });
/** What seq(1) prints. */
const seq = (last: number) => `${Array.from({ length: last }, (_, i) => i + 1).join("\n")}\n`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

interface Part {
  /** Of the pool `build`; whoever has none is the warden. */
  readonly slots: number;
  readonly archive?: boolean;
  /** @default "keep" */
  readonly onShutdown?: "stop" | "keep";
}

/** One more of a fleet. */
function joinFleet(
  name: string,
  servers: readonly string[],
  { slots, archive = false, onShutdown = "keep" }: Part,
): Promise<AgentProcess> {
  const pools = slots > 0 ? `{build: {slots: ${slots}}}` : "{}";
  // Long enough for an agent that a busy machine keeps waiting: a lease that runs out has its job run again.
  const times = { heartbeat: "1s", lease: "8s" };
  const fleet = { servers: `[${servers}]`, name, pools, archive, ...times, warden: slots === 0 };
  const lines = Object.entries(fleet).map(([key, value]) => `  ${key}: ${value}\n`);
  return spawnAgent(onShutdown, { name, config: `fleet:\n${lines.join("")}` });
}

async function inFleet(client: Client, ...agents: readonly string[]): Promise<void> {
  const up = async () => {
    const known = await client.fleetAgents({}).catch(() => ({ agents: [] }));
    return agents.every((name) => known.agents.some((agent) => agent.name === name && agent.state === "up"));
  };
  await until(up, `${agents} are in the fleet`);
}

/** All of a job's output as it comes; undefined once it began anew. */
function follow(client: Client, input: StreamLogsInput) {
  const seen = { bytes: 0, runs: 1, cuts: 0 };
  const onCut = () => {
    seen.cuts += 1;
  };
  const reading = (async () => {
    let hash = createHash("sha256");
    for await (const { offset, output, truncated } of client.streamLogs(input, { onCut })) {
      if (truncated) {
        hash = createHash("sha256");
        seen.bytes = 0;
        seen.runs += 1;
      }
      if (offset !== seen.bytes) throw new Error(`byte ${offset} follows byte ${seen.bytes}`);
      hash.update(output);
      seen.bytes += output.length;
    }
    return { ...seen, sha256: hash.digest("hex") };
  })();
  reading.catch(() => undefined);
  return { seen, reading };
}

withNats(
  "a job that is sent to a pool through one agent, and runs on another, is reached through the first",
  async () => {
    await using nats = await startNats();
    await using door = await joinFleet("door.test", nats.urls, { slots: 0 });
    await using host = await joinFleet("host.test", nats.urls, { slots: 2 });
    using root = await door.client();
    using alice = await door.client("alice", "user");
    using bob = await door.client("bob", "user");
    await inFleet(root, "door.test", "host.test");

    const { id } = await alice.run({
      ...sh("foo", "echo out; echo err >&2; trap 'echo hup; exit 3' HUP; while :; do sleep 0.05; done"),
      fleet: { pool: "build" },
      output: "split",
    });
    await until(async () => (await alice.get({ name: "foo" })).state.status === "RUNNING", "it runs");
    expect(await alice.get({ name: "foo" })).toMatchObject({
      ...{ id, name: "foo", createdBy: "alice", labels: {} },
      fleet: { pool: "build", agent: "host.test", attempt: 1, retry: 0 },
    });
    expect((await alice.list({ fleet: true })).jobs.map(({ name }) => name)).toEqual(["foo"]);
    expect((await bob.list({ fleet: true })).jobs).toEqual([]);
    const dryRun = { ...sh("bar", "true"), dryRun: true };
    expect(await alice.run({ ...dryRun, fleet: { pool: "build" } })).toMatchObject({ name: "bar", id: "" });
    expect((await errorOf(alice.get({ name: "bar" }))).code).toBe("JOB_NOT_FOUND");
    const refused = async (run: Promise<unknown>) => (await errorOf(run)).message;
    expect(await refused(alice.run({ ...dryRun, fleet: { pool: "none" } }))).toBe(
      "no agent of the fleet has a pool named none",
    );
    expect(await refused(alice.run({ ...dryRun, name: "foo", fleet: { pool: "build" } }))).toBe(
      'a job named "foo" is in the fleet already',
    );
    expect((await errorOf(bob.get({ name: "foo" }))).code).toBe("JOB_NOT_FOUND");
    expect((await errorOf(bob.stop({ name: "foo" }))).code).toBe("JOB_NOT_FOUND");
    for await (const jobs of alice.stats({ name: "foo" })) expect(jobs).toMatchObject([{ id, name: "foo" }]);

    const read: Record<string, string> = {};
    const following = (async () => {
      for await (const { stream = "", output } of alice.streamLogs({ name: "foo" })) {
        read[stream] = (read[stream] ?? "") + Buffer.from(output);
      }
    })();
    await until(() => read["stdout"] !== undefined && read["stderr"] !== undefined, "both streams were read");
    await alice.signal({ name: "foo", signal: "SIGHUP" });
    const { state } = await alice.wait({ name: "foo" });
    expect(state).toMatchObject({ status: "FAILED", reason: "EXITED", exitCode: 3 });
    await following;
    expect(read).toEqual({ stdout: "out\nhup\n", stderr: "err\n" });

    await alice.run({ ...sh("zoo", "sleep 1000"), fleet: { pool: "build" } });
    await alice.run({ ...sh("bar", "sleep 1000"), fleet: { pool: "build" } });
    const newestFirst = (await alice.list({ fleet: true })).jobs.map(({ name }) => name);
    expect(newestFirst).toEqual(["bar", "zoo", "foo"]);
    expect(await alice.stop({ name: "bar" })).toMatchObject({ status: "FAILED", exitCode: 143 });
    expect((await alice.get({ name: "bar" })).state).toMatchObject({ reason: "STOPPED", causedBy: "alice" });
    await alice.remove({ name: "bar" });
    expect((await errorOf(alice.get({ name: "bar" }))).code).toBe("JOB_NOT_FOUND");
    using there = await host.client();
    expect((await there.list({ namePrefix: "bar" })).jobs).toEqual([]);

    await alice.run({ name: "absent", command: "/nonexistent", fleet: { pool: "build" } });
    expect((await alice.wait({ name: "absent" })).state).toMatchObject({ reason: "START_FAILED" });
    const { reading } = follow(alice, { name: "absent" });
    expect(await reading).toMatchObject({ bytes: 0, cuts: 0 });
  },
);

withNats(
  "a follower through another agent reads every byte once while either of the two is killed and comes back",
  async () => {
    await using nats = await startNats();
    await using door = await joinFleet("door.test", nats.urls, { slots: 0 });
    await using host = await joinFleet("host.test", nats.urls, { slots: 1 });
    using dir = tempDir();
    using client = await door.client();
    await inFleet(client, "door.test", "host.test");
    const wait = (gate: string) => `until [ -e ${dir.join(gate)} ]; do sleep 0.02; done`;
    const script = `seq 200000; ${wait("one")}; seq 200001 300000; ${wait("two")}; seq 300001 400000; ${wait("three")}; seq 400001 500000; exit 6`;
    const { name, id } = await client.run({ ...sh("long", script), fleet: { pool: "build" } });
    const { signal } = new AbortController();
    const { seen, reading } = follow(client, { name });
    const waiting = waitForEnd(client, { name, jobId: id }, { signal, note: () => undefined });
    waiting.catch(() => undefined);
    const readTo = (last: number) =>
      until(() => seen.bytes === seq(last).length, `all up to ${last} is read`);

    await readTo(200_000);
    host.kill("SIGKILL");
    await host.exited;
    await Bun.write(dir.join("one"), "");
    await host.startAgain();
    await readTo(300_000);
    host.kill("SIGTERM");
    expect(await host.exited).toBe(0);
    await Bun.write(dir.join("two"), "");
    await host.startAgain();
    await readTo(400_000);
    // The agent asked has waited for the other: its client noticed nothing.
    expect(seen.cuts).toBe(0);
    door.kill("SIGKILL");
    await door.exited;
    await Bun.write(dir.join("three"), "");
    await door.startAgain();
    expect(await reading).toEqual({
      bytes: seq(500_000).length,
      runs: 1,
      cuts: 1,
      sha256: sha256(seq(500_000)),
    });
    expect((await waiting).state).toMatchObject({ status: "FAILED", reason: "EXITED", exitCode: 6 });
    for (const agent of [door, host]) expect(agent.log()).not.toContain('"level":"error"');
  },
);

withNatsAndCgroups(
  "who follows a job whose host is lost reads its next run from the beginning, or is told that its output is lost",
  async () => {
    await using nats = await startNats();
    await using door = await joinFleet("door.test", nats.urls, { slots: 0 });
    await using one = await joinFleet("one.test", nats.urls, { slots: 2 });
    using dir = tempDir();
    using client = await door.client();
    await inFleet(client, "door.test", "one.test");
    const script = `seq 50000; seq 1000 >&2; [ -e ${dir.join("again")} ] && exit 4; : > ${dir.join("again")}; sleep 1000`;
    const again = { ...sh("again", script), output: "split" as const };
    await client.run({ ...again, fleet: { pool: "build", retry: 1 } });
    const once = await client.run({ ...sh("once", "echo begun; sleep 1000"), fleet: { pool: "build" } });
    const read = { stdout: "", stderr: "" };
    const runs = { stdout: 1, stderr: 1 };
    const ids = new Set<string>();
    const following = (async () => {
      for await (const { jobId, stream = "stdout", offset, output, truncated } of client.streamLogs({
        name: "again",
      })) {
        ids.add(jobId);
        if (truncated) {
          read[stream] = "";
          runs[stream] += 1;
        }
        if (offset !== read[stream].length)
          throw new Error(`byte ${offset} of ${stream} follows ${read[stream].length}`);
        read[stream] += Buffer.from(output);
      }
    })();
    const output = follow(client, { name: "once" });
    await until(() => read.stdout === seq(50_000) && read.stderr === seq(1_000), "the first run is read");
    await until(() => output.seen.bytes > 0, "the other is read");
    const { fence = 0 } = (await client.get({ name: "again" })).fleet ?? {};

    one.kill("SIGKILL");
    await one.exited;
    const { state } = await client.wait({ name: "once", jobId: once.id });
    expect(state).toMatchObject({ status: "FAILED", reason: "LOST" });
    const damaged = await errorOf(output.reading);
    expect(damaged).toMatchObject({
      code: "LOG_DAMAGED",
      message: "the output of job once is on agent one.test of the fleet, which is lost",
    });
    await until(
      async () => (await client.get({ name: "again" })).state.status === "PENDING",
      "it waits for a host",
    );
    await using two = await joinFleet("two.test", nats.urls, { slots: 2 });
    const end = await client.wait({ name: "again" });
    expect(end.state).toMatchObject({ status: "FAILED", reason: "EXITED", exitCode: 4 });
    expect(end.fleet).toMatchObject({ agent: "two.test", attempt: 2, retry: 1 });
    expect(end.fleet?.fence).toBeGreaterThan(fence);
    await following;
    expect(read).toEqual({ stdout: seq(50_000), stderr: seq(1_000) });
    expect(runs).toEqual({ stdout: 2, stderr: 2 });
    expect([...ids]).toEqual([`${end.id}.1`, `${end.id}.2`]);

    // What the lost host may not run any more is gone before it takes part again.
    await one.startAgain();
    await inFleet(client, "one.test", "two.test");
    using there = await one.client();
    expect((await there.list({ statuses: ["RUNNING"] })).jobs).toEqual([]);
    for (const { log } of [door, one, two]) expect(log()).not.toContain('"level":"error"');
  },
);

withNats(
  "a job of the agent's own is not disturbed by the loss of NATS, and who waits for one of the fleet hears of its end after it",
  async () => {
    await using nats = await startNats();
    await using door = await joinFleet("door.test", nats.urls, { slots: 0 });
    await using host = await joinFleet("host.test", nats.urls, { slots: 1 });
    using dir = tempDir();
    using client = await door.client();
    await inFleet(client, "door.test", "host.test");
    const { id } = await client.run({
      ...sh("far", `until [ -e ${dir.join("go")} ]; do sleep 0.02; done; exit 9`),
      fleet: { pool: "build" },
    });
    const { signal } = new AbortController();
    const waiting = waitForEnd(client, { name: "far", jobId: id }, { signal, note: () => undefined });
    waiting.catch(() => undefined);
    await until(async () => (await client.get({ name: "far" })).state.status === "RUNNING", "it runs");
    for (const server of nats.servers) await server.kill();
    await until(() => door.log().includes("the fleet is away"), "the agent has noticed");
    await client.run(sh("near", "echo here; exit 5"));
    expect((await client.wait({ name: "near" })).state).toMatchObject({ exitCode: 5 });
    expect((await errorOf(client.get({ name: "far" }))).code).toBe("UNAVAILABLE");
    expect((await errorOf(client.run({ ...sh("more", "true"), fleet: { pool: "build" } }))).code).toBe(
      "UNAVAILABLE",
    );
    await Bun.write(dir.join("go"), "");
    for (const server of nats.servers) await server.start();
    expect((await waiting).state).toMatchObject({ status: "FAILED", reason: "EXITED", exitCode: 9 });
    for (const { log } of [door, host]) expect(log()).not.toContain('"level":"error"');
  },
);

withNats("who follows a job whose host is shut down reads it to its end", async () => {
  await using nats = await startNats();
  await using door = await joinFleet("door.test", nats.urls, { slots: 0 });
  await using host = await joinFleet("host.test", nats.urls, { slots: 1, onShutdown: "stop" });
  using client = await door.client();
  await inFleet(client, "door.test", "host.test");
  await client.run({
    ...sh("foo", "trap 'seq 30000; exit 2' TERM; echo begun; while :; do sleep 0.05; done"),
    fleet: { pool: "build" },
  });
  const { seen, reading } = follow(client, { name: "foo" });
  await until(() => seen.bytes > 0, "it is read");
  host.kill("SIGTERM");
  const text = `begun\n${seq(30_000)}`;
  expect(await reading).toEqual({ bytes: text.length, runs: 1, cuts: 0, sha256: sha256(text) });
  expect((await client.wait({ name: "foo" })).state).toMatchObject({ reason: "STOPPED", exitCode: 2 });
  expect(await host.exited).toBe(0);
  await until(async () => (await client.fleetAgents()).agents.length === 1, "the host has left the fleet");
});

withNats("output that is archived outlives its host, as long as its job is on record", async () => {
  await using nats = await startNats();
  await using door = await joinFleet("door.test", nats.urls, { slots: 0 });
  await using host = await joinFleet("host.test", nats.urls, { slots: 1, archive: true });
  using client = await door.client();
  using alice = await door.client("alice", "user");
  await inFleet(client, "door.test", "host.test");
  const script = "seq 100000; echo for the other stream >&2; exit 1";
  await alice.run({ ...sh("foo", script), output: "split", fleet: { pool: "build" } });
  await alice.wait({ name: "foo" });
  host.kill("SIGKILL");
  await host.exited;
  const text = async (input: Omit<StreamLogsInput, "name">) => {
    const parts: Uint8Array[] = [];
    for await (const { output } of alice.streamLogs({ ...input, name: "foo" })) parts.push(output);
    return Buffer.concat(parts).toString();
  };
  expect(sha256(await text({ stream: "stdout" }))).toBe(sha256(seq(100_000)));
  expect(await text({ stream: "stderr" })).toBe("for the other stream\n");
  expect(await text({ stream: "stdout", tailLines: 2 })).toBe("99999\n100000\n");
  expect(await text({ stream: "stdout", offset: seq(99_999).length, follow: false })).toBe("100000\n");
  await alice.remove({ name: "foo" });
  expect((await errorOf(text({}))).code).toBe("JOB_NOT_FOUND");
});

withNats(
  "an agent that drains ends what it has and takes nothing more, also after a restart without NATS",
  async () => {
    await using nats = await startNats();
    await using door = await joinFleet("door.test", nats.urls, { slots: 0 });
    await using host = await joinFleet("host.test", nats.urls, { slots: 2 });
    using dir = tempDir();
    using client = await door.client();
    await inFleet(client, "door.test", "host.test");
    const statusOf = async (name: string) => (await client.get({ name })).state.status;
    const script = `until [ -e ${dir.join("go")} ]; do sleep 0.02; done`;
    await client.run({ ...sh("first", script), fleet: { pool: "build" } });
    await until(async () => (await statusOf("first")) === "RUNNING", "it runs");
    {
      using there = await host.client();
      expect(await there.drain()).toEqual({ runningJobs: 1 });
    }
    host.kill("SIGKILL");
    await host.exited;
    for (const server of nats.servers) await server.kill();
    await host.startAgain();
    using there = await host.client();
    // Whether it is to go on nobody can say yet: it is there.
    expect((await there.info()).fleet).toMatchObject({ state: "lost", connected: false, runningJobs: 1 });
    for (const server of nats.servers) await server.start();
    await until(async () => (await there.info()).fleet?.state === "draining", "it drains", 60_000);
    await client.run({ ...sh("second", "exit 2"), fleet: { pool: "build" } });
    await Bun.write(dir.join("go"), "");
    await until(async () => (await statusOf("first")) === "SUCCEEDED", "the first has ended");
    await until(async () => (await there.info()).fleet?.runningJobs === 0, "the host can leave");
    expect(await statusOf("second")).toBe("PENDING");
    await there.drain({ undo: true });
    expect((await client.wait({ name: "second" })).state).toMatchObject({ exitCode: 2 });
  },
);

withNats(
  "a run is not forgotten on its host before the fleet knows how it ended, or it would run again",
  async () => {
    await using nats = await startNats();
    await using host = await joinFleet("host.test", nats.urls, { slots: 1 });
    using dir = tempDir();
    const status = async (client: Client, name: string) => (await client.get({ name })).state.status;
    let name = "";
    let jobId = "";
    {
      using client = await host.client();
      await inFleet(client, "host.test");
      const script = `echo begun >>${dir.join("runs")}; until [ -e ${dir.join("go")} ]; do sleep 0.02; done`;
      ({ id: jobId } = await client.run({ ...sh("foo", script), fleet: { pool: "build" } }));
      const run = async () => (await client.list({ namePrefix: "foo-r", statuses: ["RUNNING"] })).jobs[0];
      ({ name } = await until(run, "it runs"));
      for (const server of nats.servers) await server.kill();
      await Bun.write(dir.join("go"), "");
      await until(async () => (await status(client, name)) === "SUCCEEDED", "it has ended");
    }
    host.kill("SIGKILL");
    await host.exited;
    await host.startAgain();
    using client = await host.client();
    expect((await errorOf(client.remove({ name }))).code).toBe("UNAVAILABLE");
    for (const server of nats.servers) await server.start();
    const signal = AbortSignal.timeout(60_000);
    const end = await waitForEnd(client, { name: "foo", jobId }, { signal, note: () => undefined });
    expect(end.state.status).toBe("SUCCEEDED");
    await client.remove({ name });
    expect((await client.list({})).jobs).toEqual([]);
    expect(await Bun.file(dir.join("runs")).text()).toBe("begun\n");
  },
);
