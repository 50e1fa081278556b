import { expect, test } from "bun:test";
import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { connect as connectTcp, type Socket } from "node:net";
import { clientLimitsOf, DEFAULT_CLIENT_LIMITS } from "../../src/agent/client-limits.ts";
import { connect } from "../../src/client/index.ts";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

const certs = await testCerts();

/** A bare HTTP/2 connection of a tenant. */
async function http2Of(agent: TestAgent, tenant = "alice"): Promise<ClientHttp2Session & Disposable> {
  const { cert, key } = await certs.client({ tenant, role: "admin" });
  const session = connectHttp2(`https://localhost:${agent.port}`, { ca: certs.ca.cert, cert, key });
  session.on("error", () => undefined);
  await once(session, "connect");
  return Object.assign(session, { [Symbol.dispose]: () => session.destroy() });
}

/** The beginning of a call of Info, which sends so many bytes of a request of 60,000. */
function beginCall(session: ClientHttp2Session, bytes: number): void {
  const stream = session.request({
    ...{ ":method": "POST", ":path": "/job_runner.JobService/Info" },
    ...{ "content-type": "application/grpc", te: "trailers" },
  });
  stream.on("error", () => undefined);
  const header = Buffer.from([0, 0, 0, 0, 0]);
  header.writeUInt32BE(60_000, 1);
  stream.write(Buffer.concat([header, Buffer.alloc(bytes)]));
}

function loggedBy(agent: TestAgent): string {
  return agent.logged.join("\n");
}

test("defaults hold where nothing is given, and everything out of range is reported at once", () => {
  const issues: string[] = [];
  expect(clientLimitsOf({}, issues)).toEqual(DEFAULT_CLIENT_LIMITS);
  expect(clientLimitsOf({ connections: 7 }, issues).connections).toBe(7);
  expect(issues).toEqual([]);
  clientLimitsOf({ connections: 0, callRate: 1.5, messageBytes: 2 ** 20, pendingBytes: 2 ** 16 }, issues);
  expect(issues).toEqual([
    "clients.connections must be an integer from 1 to 1000000, got 0",
    "clients.callRate must be an integer from 1 to 1000000, got 1.5",
    "clients.pendingBytes must be at least clients.messageBytes (1048576), got 65536",
  ]);
});

test("a tenant with too many connections is told so, others get in, and a closed one makes room", async () => {
  await using agent = await startAgent({ clients: { connectionsPerTenant: 2 } });
  using bob = await agent.client("bob", "admin");
  using first = await http2Of(agent);
  using _second = await http2Of(agent);
  const options = await agent.options(await certs.client({ tenant: "alice", role: "admin" }));
  const third = connect(options);
  expect(await errorOf(third.info())).toMatchObject({
    code: "QUOTA_EXCEEDED",
    message: "you have 2 connections to this agent, and no more may be open",
  });
  third.close();
  expect((await bob.info()).refusals["connections"]).toBe(1);
  first.destroy();
  const fourth = connect(options);
  await until(
    async () => (await fourth.info().catch(() => undefined))?.tenant === "alice",
    "there is room again",
  );
  fourth.close();
});

test("no more connections than the agent may have are kept open", async () => {
  await using agent = await startAgent({ clients: { connections: 2 } });
  using _first = await http2Of(agent, "alice");
  using _second = await http2Of(agent, "bob");
  using third = await agent.client("carol", "user");
  expect((await errorOf(third.info())).message).toBe("this agent has 2 connections, and no more may be open");
});

test("a tenant that calls too often is refused until time has passed; others are not", async () => {
  await using agent = await startAgent({ clients: { callRate: 1, callBurst: 5 } });
  using alice = await agent.client("alice", "admin");
  using bob = await agent.client("bob", "admin");
  const calls = await Promise.allSettled(Array.from({ length: 100 }, () => alice.info()));
  const refused = calls.filter(({ status }) => status === "rejected");
  expect(refused.length).toBeGreaterThan(50);
  expect(await errorOf(Promise.reject((refused[0] as PromiseRejectedResult).reason))).toMatchObject({
    code: "QUOTA_EXCEEDED",
    message: "you call more often than 1 times a second",
  });
  expect((await bob.info()).refusals["rate"]).toBe(refused.length);
  await until(
    async () => (await alice.info().catch(() => undefined))?.tenant === "alice",
    "it may call again",
  );
});

test("a tenant with too many calls under way is refused a further one, and served again when some have ended", async () => {
  await using agent = await startAgent({ clients: { callsPerTenant: 3 } });
  using alice = await agent.client("alice", "admin");
  await alice.run({ name: "foo", command: "/bin/sleep", args: ["600"] });
  const waiting = new AbortController();
  const waits = Array.from({ length: 3 }, () => alice.wait({ name: "foo" }, waiting).catch(() => "gone"));
  await until(
    async () => (await alice.info().catch((error) => error)).code === "QUOTA_EXCEEDED",
    "three wait",
  );
  expect((await errorOf(alice.info())).message).toBe("3 calls of yours are under way, and no more may be");
  waiting.abort();
  await Promise.all(waits);
  await until(
    async () => (await alice.info().catch(() => undefined))?.tenant === "alice",
    "there is room again",
  );
});

test("no more calls than the agent may have are served at a time, of all tenants together", async () => {
  await using agent = await startAgent({ clients: { calls: 2 } });
  using alice = await agent.client("alice", "admin");
  using bob = await agent.client("bob", "admin");
  await alice.run({ name: "foo", command: "/bin/sleep", args: ["600"] });
  const waiting = new AbortController();
  const waits = [alice, bob].map((client) => client.wait({ name: "foo" }, waiting).catch(() => "gone"));
  await until(async () => (await bob.info().catch((error) => error)).code === "QUOTA_EXCEEDED", "both wait");
  expect((await errorOf(alice.info())).message).toBe("this agent serves 2 calls, and no more at a time");
  waiting.abort();
  await Promise.all(waits);
});

test("a client waits with calls beyond what one connection may carry", async () => {
  await using agent = await startAgent({ clients: { callsPerConnection: 4 } });
  using alice = await agent.client("alice", "admin");
  const answers = await Promise.all(Array.from({ length: 40 }, () => alice.info()));
  expect(answers).toHaveLength(40);
});

test("a request above the size that is allowed is refused", async () => {
  await using agent = await startAgent({ clients: { messageBytes: 65_536 } });
  using alice = await agent.client("alice", "admin");
  const big = { name: "foo", command: "true", args: ["x".repeat(70_000)] };
  expect((await errorOf(alice.run(big))).code).toBe("QUOTA_EXCEEDED");
  expect((await alice.list()).jobs).toEqual([]);
});

test("a request that trickles in is cut off with its connection, in time", async () => {
  await using agent = await startAgent({ clients: { requestTimeoutMs: 300 } });
  using slow = await http2Of(agent);
  beginCall(slow, 1);
  await once(slow, "close");
  expect(loggedBy(agent)).toContain("of alice: a request did not arrive in full within 300 ms");
  using bob = await agent.client("bob", "admin");
  expect((await bob.info()).refusals["calls"]).toBe(1);
});

test("requests that are never ended fill no more memory than they may", async () => {
  await using agent = await startAgent({ clients: { messageBytes: 65_536, pendingBytes: 200_000 } });
  // One call each: a connection's first window is 64 KiB.
  await using sessions = new AsyncDisposableStack();
  for (let i = 0; i < 4; i++) beginCall(sessions.use(await http2Of(agent)), 45_000);
  using last = await http2Of(agent);
  expect(loggedBy(agent)).not.toContain("pending");
  beginCall(last, 45_000);
  await until(
    () => loggedBy(agent).includes("of alice: more than 200000 bytes of requests are pending"),
    "it is cut",
  );
  using bob = await agent.client("bob", "admin");
  expect((await bob.info()).tenant).toBe("bob");
});

test("running jobs of a tenant are limited, and the refusal is counted", async () => {
  await using agent = await startAgent({ clients: { runningJobs: 1 } });
  using root = await agent.client();
  await root.run({ name: "one", command: "/bin/sleep", args: ["600"] });
  const error = await errorOf(root.run({ name: "two", command: "/bin/sleep", args: ["600"] }));
  expect(error).toMatchObject({ code: "QUOTA_EXCEEDED", hint: expect.stringContaining("stop one") });
  expect((await root.info()).refusals["jobs"]).toBe(1);
});

/** Connections that never say a word. */
async function silentConnections(
  agent: TestAgent,
  count: number,
): Promise<{ sockets: Socket[] } & Disposable> {
  const sockets = Array.from({ length: count }, () => connectTcp(agent.port, "127.0.0.1"));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  for (const socket of sockets) socket.on("error", () => undefined).resume();
  return {
    sockets,
    [Symbol.dispose]() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

test("of connections that do not finish their handshake the oldest give way, and others get in", async () => {
  await using agent = await startAgent({
    clients: { handshakesPerAddress: 20, handshakeTimeoutMs: 600_000 },
  });
  using silent = await silentConnections(agent, 60);
  const [oldest, newest] = [silent.sockets[0], silent.sockets.at(-1)] as [Socket, Socket];
  await until(
    () => silent.sockets.filter(({ destroyed }) => destroyed).length >= 40,
    "the older ones are closed",
  );
  expect(oldest.destroyed).toBe(true);
  expect(newest.destroyed).toBe(false);
  using client = await agent.client();
  expect((await client.info()).refusals["connections"]).toBeGreaterThanOrEqual(40);
});

test("a connection that says nothing is closed in time", async () => {
  await using agent = await startAgent({ clients: { handshakeTimeoutMs: 200 } });
  using silent = await silentConnections(agent, 1);
  await once(silent.sockets[0] as Socket, "close");
  expect(loggedBy(agent)).toContain("it did not finish the TLS handshake in time");
});

test("a connection without a call is closed in time, one with a call is not", async () => {
  await using agent = await startAgent({ clients: { idleTimeoutMs: 1_000 } });
  using alice = await agent.client("alice", "admin");
  await alice.run({ name: "foo", command: "/bin/sleep", args: ["600"] });
  const waited = alice.wait({ name: "foo" });
  using idle = await http2Of(agent, "bob");
  await once(idle, "close");
  using root = await agent.client();
  await root.stop({ name: "foo", gracePeriodMs: 0 });
  expect((await waited).name).toBe("foo");
});
