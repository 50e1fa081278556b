/** What tenants see of each other over the real wire: nothing. Admins see and manage all. */
import { expect, test } from "bun:test";
import type { Client, JobEvent } from "../../src/client/index.ts";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { errorOf, isRoot } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

const sleeper = { command: "/bin/sleep", args: ["600"] };

/** Two users and an admin of one agent. */
async function three(agent: TestAgent) {
  const stack = new DisposableStack();
  const alice = stack.use(await agent.client("alice", "user"));
  const bob = stack.use(await agent.client("bob", "user"));
  const admin = stack.use(await agent.client("root", "admin"));
  return { alice, bob, admin, [Symbol.dispose]: () => stack.dispose() };
}

/** What a caller can tell an error by, with the job's name taken out. */
async function answerTo(call: Promise<unknown>, name: string) {
  const { code, message, hint } = await errorOf(call);
  return { code, message: message.replaceAll(name, "NAME"), hint: hint?.replaceAll(name, "NAME") };
}

const missing = {
  code: "JOB_NOT_FOUND",
  message: 'there is no job named "NAME"',
  hint: "lpr job list shows the jobs there are",
} as const;

async function sampledNames(client: Client, name?: string): Promise<string[]> {
  const samples = await Array.fromAsync(client.stats(name === undefined ? {} : { name }));
  expect(samples).toHaveLength(1);
  return samples.flat().map((job) => job.name);
}

/** Reads events into a list; resolves when the stream is live. */
async function watching(client: Client): Promise<{ readonly seen: string[]; sequence: number }> {
  const live = Promise.withResolvers<number>();
  const seen: string[] = [];
  const read = async () => {
    const events: AsyncGenerator<JobEvent> = client.watch({}, { onLive: live.resolve });
    for await (const { type, job } of events) seen.push(`${type} ${job.name} of ${job.createdBy}`);
  };
  // It ends with the client, or before it is live.
  read().catch(live.reject);
  return { seen, sequence: await live.promise };
}

const callsByName: Record<string, (client: Client, name: string, jobId?: string) => Promise<unknown>> = {
  get: (client, name, jobId) => client.get({ name, jobId }),
  wait: (client, name, jobId) => client.wait({ name, jobId }),
  logs: (client, name, jobId) => client.streamLogs({ name, jobId }).next(),
  "logs from the middle": (client, name, jobId) => client.streamLogs({ name, jobId, offset: 3 }).next(),
  stats: (client, name, jobId) => client.stats({ name, jobId }).next(),
  signal: (client, name, jobId) => client.signal({ name, jobId, signal: "KILL", all: true }),
  "a signal that does not exist": (client, name, jobId) => client.signal({ name, jobId, signal: "NOPE" }),
  remove: (client, name, jobId) => client.remove({ name, jobId }),
  stop: (client, name, jobId) => client.stop({ name, jobId, gracePeriodMs: 0 }),
};

test.each(Object.keys(callsByName))(
  "%s answers a user about a job of another, running or ended, as about one that does not exist",
  async (verb) => {
    await using agent = await startAgent();
    using clients = await three(agent);
    const { alice, bob } = clients;
    const call = callsByName[verb] as (typeof callsByName)[string];
    const running = await alice.run({ name: "running", ...sleeper });
    const ended = await alice.run({ name: "ended", command: "true" });
    await alice.wait({ name: "ended" });
    expect(await answerTo(call(bob, "nothere"), "nothere")).toEqual(missing);
    for (const { name, id } of [running, ended]) {
      expect(await answerTo(call(bob, name), name)).toEqual(missing);
      expect(await answerTo(call(bob, name, id), name)).toEqual(missing);
    }
    expect(await alice.get({ name: "running" })).toMatchObject({
      id: running.id,
      state: { status: "RUNNING" },
    });
    expect(await alice.get({ name: "ended" })).toMatchObject({
      id: ended.id,
      state: { status: "SUCCEEDED" },
    });
  },
);

test("users list and sample their own jobs, an admin everybody's", async () => {
  await using agent = await startAgent();
  using clients = await three(agent);
  const { alice, bob, admin } = clients;
  await alice.run({ name: "hers", ...sleeper });
  await bob.run({ name: "his", ...sleeper });
  await admin.run({ name: "roots", ...sleeper });

  const listed = async (client: Client, createdBy?: string) =>
    (await client.list({ createdBy })).jobs.map(({ name }) => name);
  expect(await listed(alice)).toEqual(["hers"]);
  expect(await listed(bob)).toEqual(["his"]);
  expect(await listed(bob, "alice")).toEqual([]);
  expect(await listed(admin)).toEqual(["roots", "his", "hers"]);
  expect(await listed(admin, "alice")).toEqual(["hers"]);

  expect(await sampledNames(alice)).toEqual(["hers"]);
  expect(await sampledNames(bob)).toEqual(["his"]);
  expect((await sampledNames(admin)).toSorted()).toEqual(["hers", "his", "roots"]);
  expect(await sampledNames(bob, "his")).toEqual(["his"]);
  expect(await sampledNames(admin, "hers")).toEqual(["hers"]);
  // A user without jobs gets an empty sample, not none.
  using carol = await agent.client("carol", "user");
  expect(await Array.fromAsync(carol.stats())).toEqual([[]]);
});

test("users watch their own jobs, an admin everybody's", async () => {
  await using agent = await startAgent();
  using clients = await three(agent);
  const [alice, bob, admin] = await Promise.all([clients.alice, clients.bob, clients.admin].map(watching));
  for (const [client, name] of [
    [clients.alice, "hers"],
    [clients.bob, "his"],
  ] as const) {
    await client.run({ name, command: "true" });
    await client.wait({ name });
    await client.remove({ name });
  }
  const ofAlice = ["STARTED hers of alice", "ENDED hers of alice", "REMOVED hers of alice"];
  const ofBob = ["STARTED his of bob", "ENDED his of bob", "REMOVED his of bob"];
  const all = () => admin?.seen.length === 6 && bob?.seen.length === 3 && alice?.seen.length === 3;
  await until(all, "everything has been seen");
  expect(admin?.seen).toEqual([...ofAlice, ...ofBob]);
  expect(bob?.seen).toEqual(ofBob);
  expect(alice?.seen).toEqual(ofAlice);
});

test("users signal, stop and remove their own jobs, an admin everybody's", async () => {
  await using agent = await startAgent();
  using clients = await three(agent);
  const { alice, admin } = clients;
  for (const [name, manager] of [
    ["own", alice],
    ["managed", admin],
  ] as const) {
    await alice.run({ name: `${name}-signaled`, ...sleeper });
    await manager.signal({ name: `${name}-signaled`, signal: "HUP" });
    const signaled = await alice.wait({ name: `${name}-signaled` });
    expect(signaled.state).toMatchObject({ reason: "SIGNALED", signal: "SIGHUP", exitCode: 129 });

    await alice.run({ name: `${name}-stopped`, ...sleeper });
    expect(await errorOf(manager.remove({ name: `${name}-stopped` }))).toMatchObject({ code: "JOB_RUNNING" });
    expect(await manager.stop({ name: `${name}-stopped` })).toEqual({ status: "FAILED", exitCode: 143 });
    const stopped = await alice.get({ name: `${name}-stopped` });
    expect(stopped).toMatchObject({
      createdBy: "alice",
      state: { reason: "STOPPED", causedBy: manager === admin ? "root" : "alice" },
    });
    expect(await errorOf(manager.signal({ name: `${name}-stopped`, signal: "HUP" }))).toMatchObject({
      code: "JOB_ENDED",
    });
    await manager.remove({ name: `${name}-stopped` });
    expect(await errorOf(alice.get({ name: `${name}-stopped` }))).toMatchObject({ code: "JOB_NOT_FOUND" });
  }
});

test("a name taken by another tenant is taken, whatever one asks to do about it, and its job runs on", async () => {
  await using agent = await startAgent();
  using clients = await three(agent);
  const { alice, bob } = clients;
  const { id } = await alice.run({ name: "web", ...sleeper });
  for (const ifExists of ["fail", "attach", "replace"] as const) {
    for (const dryRun of [false, true]) {
      const error = await errorOf(bob.run({ name: "web", ...sleeper, ifExists, dryRun }));
      expect(error).toMatchObject({ code: "NAME_TAKEN", message: 'there is a job named "web" already' });
      expect(`${error.message} ${error.hint}`).not.toContain("alice");
    }
    expect(await alice.get({ name: "web" })).toMatchObject({ id, state: { status: "RUNNING" } });
  }
});

test("one attaches to and replaces one's own jobs, and an admin everybody's", async () => {
  await using agent = await startAgent();
  using clients = await three(agent);
  const { alice, admin } = clients;
  for (const client of [alice, admin]) {
    const { id } = await alice.run({ name: "web", ...sleeper });
    const input = { name: "web", ...sleeper };
    expect(await client.run({ ...input, ifExists: "attach" })).toEqual({ name: "web", id, existing: true });
    const replaced = await client.run({ ...input, ifExists: "replace" });
    expect(replaced).toMatchObject({ name: "web", existing: false });
    expect(replaced.id).not.toBe(id);
    expect((await client.get({ name: "web" })).createdBy).toBe(client === admin ? "root" : "alice");
    await client.stop({ name: "web" });
    await client.remove({ name: "web" });
  }
});

test("a request id is the tenant's own: sent again it finds its job, of another tenant it starts one", async () => {
  await using agent = await startAgent();
  using clients = await three(agent);
  const { alice, bob, admin } = clients;
  const input = { generateName: true, ...sleeper, requestId: "r-1" };
  const first = await alice.run(input);
  expect(first.existing).toBe(false);
  expect(await alice.run(input)).toEqual({ ...first, existing: true });
  for (const other of [bob, admin]) {
    const theirs = await other.run(input);
    expect(theirs.existing).toBe(false);
    expect(theirs.id).not.toBe(first.id);
  }
  expect(await errorOf(alice.run({ ...input, args: ["601"] }))).toMatchObject({
    code: "INVALID_INPUT",
    message: 'requestId must be a new one for another run, got "r-1"',
  });
  expect((await alice.list()).jobs.map(({ id }) => id)).toEqual([first.id]);
});

test("only an admin chooses the account of a job, and only admins learn which accounts there are", async () => {
  await using agent = await startAgent();
  using clients = await three(agent);
  const { alice, admin } = clients;
  const refusals = await Promise.all(
    ["root", "no-such-user"].map((user) => answerTo(alice.run({ name: "foo", command: "id", user }), user)),
  );
  expect(refusals[0]).toMatchObject({ code: "PERMISSION_DENIED", hint: expect.stringContaining("--user") });
  expect(refusals[1]).toEqual(refusals[0] as NonNullable<(typeof refusals)[0]>);
  expect((await admin.list()).jobs).toEqual([]);
  expect(await errorOf(admin.run({ name: "foo", command: "id", user: "no-such-user" }))).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining('"no-such-user"'),
  });
});

test.skipIf(!isRoot)("a job that an admin gives an account to runs as it", async () => {
  await using agent = await startAgent();
  using admin = await agent.client();
  await admin.run({ name: "foo", command: "id", args: ["-un"], user: "nobody" });
  const chunks = await Array.fromAsync(admin.streamLogs({ name: "foo" }));
  expect(Buffer.concat(chunks.map(({ output }) => output)).toString()).toBe("nobody\n");
});
