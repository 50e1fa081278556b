/** Options of a run, and what streams of events begin with, over the real wire. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { credentials, Client as GrpcClient, Metadata } from "@grpc/grpc-js";
import { detectCgroups } from "../../src/job/cgroup/detect.ts";
import { job_runner as wire } from "../../src/rpc/generated/job_runner.js";
import { jobService, type ResponseOf } from "../../src/rpc/schema.ts";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

const { level } = detectCgroups({ mode: "auto" });

/** The first messages of a Watch as they travel. */
async function firstMessages(agent: TestAgent, sinceSequence: number | null, count: number) {
  const { ca, cert, key } = await agent.options();
  const tls = credentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert));
  const grpc = new GrpcClient(agent.address, tls);
  const { path, requestSerialize, responseDeserialize } = jobService.watch;
  const call = grpc.makeServerStreamRequest(
    ...([
      path,
      requestSerialize,
      responseDeserialize,
      { sinceSequence, fleet: false },
      new Metadata(),
      {},
    ] as const),
  );
  // The CANCELLED that the test itself causes comes when nobody iterates any more.
  call.on("error", () => undefined);
  const messages: ResponseOf<"watch">[] = [];
  try {
    for await (const message of call) if (messages.push(message) === count) break;
  } finally {
    call.cancel();
    grpc.close();
  }
  return messages;
}

test("a Watch begins with the sequence it is at, and what is watched from there misses nothing", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const [atFirst] = await firstMessages(agent, null, 1);
  await client.run({ name: "foo", command: "true" });
  await client.wait({ name: "foo" });
  const since = atFirst?.sequence ?? 0;
  const [live, started, ended] = await firstMessages(agent, since, 3);
  expect(live).toMatchObject({ sequence: since, type: wire.EventType.EVENT_NONE, job: null });
  expect(started).toMatchObject({ sequence: since + 1, type: wire.EventType.EVENT_STARTED });
  expect(ended).toMatchObject({
    sequence: since + 2,
    type: wire.EventType.EVENT_ENDED,
    job: { name: "foo" },
  });
  const [now] = await firstMessages(agent, null, 1);
  expect(now).toMatchObject({ sequence: since + 2, type: wire.EventType.EVENT_NONE, job: null });
});

test("events that are no longer kept are SEQUENCE_GONE, with what to do about it", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  let wasLive = false;
  const onLive = () => {
    wasLive = true;
  };
  expect(await errorOf(client.watch({ sinceSequence: 1 }, { onLive }).next())).toMatchObject({
    code: "SEQUENCE_GONE",
    message: "events after 1 are not kept",
    hint: "list the jobs, and watch from now on",
  });
  expect(wasLive).toBe(false);
});

test("jobs are found by all of the labels asked for", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run({ name: "a", command: "true", labels: { team: "red", tier: "" } });
  await client.run({ name: "b", command: "true", labels: { team: "red", "app.kubernetes.io/x": "é" } });
  await client.run({ name: "c", command: "true", labels: { team: "blue" } });
  const found = async (labels: Record<string, string>) =>
    (await client.list({ labels })).jobs.map(({ name }) => name);
  expect(await found({})).toEqual(["c", "b", "a"]);
  expect(await found({ team: "red" })).toEqual(["b", "a"]);
  expect(await found({ team: "red", tier: "" })).toEqual(["a"]);
  expect(await found({ "app.kubernetes.io/x": "é" })).toEqual(["b"]);
  expect(await found({ team: "green" })).toEqual([]);
  expect((await client.get({ name: "b" })).labels).toEqual({ team: "red", "app.kubernetes.io/x": "é" });
});

test("jobs with the largest labels come in pages, and in events, with all of them", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const labels = Object.fromEntries(
    Array.from({ length: 32 }, (_, i) => [`k${i}`.padEnd(63, "x"), "\u{1f600}".repeat(63)]),
  );
  const live = Promise.withResolvers<number>();
  const events = client.watch({}, { onLive: live.resolve });
  const first = events.next();
  await live.promise;
  const names = ["a", "b", "c", "d", "e"];
  for (const name of names) await client.run({ name, command: "true", labels });
  expect((await first).value).toMatchObject({ type: "STARTED", job: { name: "a", labels } });
  const page = await client.list();
  expect(page.jobs.length).toBeLessThan(names.length);
  const rest = await client.list({ pageToken: page.nextPageToken });
  expect([...page.jobs, ...rest.jobs].map((job) => job.name)).toEqual(names.toReversed());
  for (const job of [...page.jobs, ...rest.jobs]) expect(job.labels).toEqual(labels);
  await events.return();
});

test.skipIf(level === "limits")(
  "a host that cannot limit a job says what it lacks, and starts none",
  async () => {
    await using agent = await startAgent();
    using client = await agent.client();
    const { missing } = await client.info();
    expect(missing.length).toBeGreaterThan(0);
    const limits = { cpuCores: 0.5, memoryBytes: 64 * 1024 * 1024 };
    const error = await errorOf(client.run({ name: "foo", command: "true", limits }));
    expect(error.code).toBe("HOST_UNSUPPORTED");
    // What has nothing to do with these limits is left out.
    const relevant = missing.filter((what) => !/^the (io|pids) controller/.test(what));
    for (const text of ["cpuCores", "memoryBytes", ...relevant])
      expect(`${error.message} ${error.hint}`).toContain(text);
    expect((await client.list()).jobs).toEqual([]);
  },
);

test("a job that runs too long ends with TIMED_OUT, and when that will be is shown", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run({ name: "slow", command: "sleep", args: ["600"], timeoutMs: 50 });
  const job = await client.wait({ name: "slow" });
  expect(job.state).toMatchObject({
    status: "FAILED",
    reason: "TIMED_OUT",
    exitCode: 143,
    signal: "SIGTERM",
  });
  expect(job.state).not.toHaveProperty("causedBy");
  expect(Number(job.timeoutAt)).toBe(Number(job.createdAt) + 50);
});

test("a dry run finds what is wrong and starts nothing", async () => {
  using dir = tempDir();
  await using agent = await startAgent();
  using client = await agent.client();
  const input = { name: "foo", command: "/bin/touch", args: [dir.join("ran")], dryRun: true };
  expect(await client.run(input)).toEqual({ name: "foo", id: "", existing: false });
  expect(await errorOf(client.run({ ...input, command: "/no/such" }))).toMatchObject({
    code: "COMMAND_NOT_FOUND",
  });
  expect((await client.list()).jobs).toEqual([]);
  // The name is still free, and the same run for real does what the dry one did not.
  await client.run({ ...input, dryRun: false });
  await client.wait({ name: "foo" });
  expect(existsSync(dir.join("ran"))).toBe(true);
});

test("a generated name begins as asked, or with the command, and is the job's", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const plain = await client.run({ command: "/bin/true", generateName: true });
  const named = await client.run({ name: "build", command: "true", generateName: true });
  expect(plain.name).toMatch(/^true-[a-z0-9]{5}$/);
  expect(named.name).toMatch(/^build-[a-z0-9]{5}$/);
  for (const { name, id } of [plain, named]) expect(await client.get({ name })).toMatchObject({ name, id });
  expect(await errorOf(client.run({ command: "true" }))).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("name"),
  });
});
