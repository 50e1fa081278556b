import { expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect as connectTls } from "node:tls";
import type { JobEvent } from "../../../src/client/index.ts";
import { type Client, connect } from "../../../src/client/index.ts";
import { startAgent, type TestAgent } from "../../helpers/agent.ts";
import { spawnAgent } from "../../helpers/agent-process.ts";
import type { TestCertificate } from "../../helpers/certs.ts";
import { errorOf } from "../../helpers/job-service.ts";
import { createAuthority } from "../../helpers/pki.ts";
import { tempDir } from "../../helpers/temp-dir.ts";
import { until } from "../../helpers/until.ts";

/** The agent looks every ten seconds, whatever the file system tells it of. */
const BEFORE_THE_POLL_MS = 8_000;

/** Trusts only the CA that the agent of these tests is of. */
function clientOf(agent: TestAgent, { cert, key, combinedPath }: TestCertificate): Client & Disposable {
  const ca = readFileSync(combinedPath, "utf8").slice((key + cert).length);
  const client = connect({ address: agent.address, ca, cert, key });
  return { ...client, [Symbol.dispose]: () => client.close() };
}

/** A CA with an agent whose clients are of it, and two of those. */
async function agentWithClients(dir: string) {
  const root = await createAuthority(dir, "root");
  const alice = await root.issue({ subject: "/O=admin/CN=alice" });
  const bob = await root.issue({ subject: "/O=admin/CN=bob" });
  const certificate = await root.issue({ subject: "/CN=localhost", usage: "serverAuth" });
  const agent = await startAgent({ certificate, ca: root.cert, crl: await root.crl() });
  return { root, alice, bob, certificate, agent };
}

/** The events of jobs from now on. */
async function watching(client: Client): Promise<{ events: AsyncGenerator<JobEvent, void, undefined> }> {
  const live = Promise.withResolvers<number>();
  const events = client.watch({}, { onLive: live.resolve });
  const first = events.next();
  // Whoever asks for it sees the error.
  first.catch(() => undefined);
  await live.promise;
  async function* all() {
    const { done, value } = await first;
    if (!done) yield value;
    yield* events;
  }
  return { events: all() };
}

/** As a tool that renews certificates does it. */
function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function loggedBy(agent: TestAgent): string {
  return agent.logged.join("\n");
}

/** Serial number of the certificate that the agent shows to who connects now. */
async function shownBy(agent: TestAgent, { cert, key }: TestCertificate, ca: string): Promise<string> {
  const socket = connectTls({
    ...{ host: "127.0.0.1", port: agent.port, servername: "localhost", ALPNProtocols: ["h2"] },
    ...{ ca, cert, key },
  });
  await once(socket, "secureConnect");
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}

test("a renewed certificate is shown to new connections, and streams of old ones go on", async () => {
  using dir = tempDir();
  const { root, alice, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  using client = clientOf(agent, alice);
  const stream = await watching(client);
  const own = await root.issue({ subject: "/CN=localhost", usage: "serverAuth" });
  replace(agent.files.key, own.key);
  replace(agent.files.cert, own.cert);
  await until(
    () => loggedBy(agent).includes("new certificate files are in use"),
    "it is noticed",
    BEFORE_THE_POLL_MS,
  );
  expect(await shownBy(agent, alice, root.cert)).toBe(new X509Certificate(own.cert).serialNumber);
  await client.run({ name: "after", command: "true" });
  expect((await stream.events.next()).value).toMatchObject({ type: "STARTED" });
});

test("TLS 1.2 and clients without a certificate stay out after a renewal", async () => {
  using dir = tempDir();
  const { root, alice, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  replace(agent.files.crl, await root.crl({ revoked: [] }));
  await agent.reload();
  expect(loggedBy(agent)).toContain("new certificate files are in use");
  const attempt = async (options: object) => {
    const socket = connectTls({
      ...{
        host: "127.0.0.1",
        port: agent.port,
        servername: "localhost",
        ALPNProtocols: ["h2"],
        ca: root.cert,
      },
      ...options,
    });
    socket.on("error", () => undefined).resume();
    await new Promise((resolve) => socket.on("close", resolve));
  };
  await attempt({ cert: alice.cert, key: alice.key, maxVersion: "TLSv1.2" });
  await attempt({});
  await until(
    () => agent.logged.filter((line) => line.includes("refused 127.0.0.1")).length === 2,
    "both are told of",
  );
  expect(loggedBy(agent)).toContain("it does not speak TLS 1.3");
  expect(loggedBy(agent)).toContain("no client certificate");
});

test("files that are of no use change nothing, and are complained of once, where an admin sees it", async () => {
  using dir = tempDir();
  const { root, alice, certificate, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  using client = clientOf(agent, alice);
  const own = await root.issue({ subject: "/CN=localhost", usage: "serverAuth" });
  replace(agent.files.cert, own.cert);
  await agent.reload();
  await agent.reload();
  const complaints = () => agent.logged.filter((line) => line.includes("of no use"));
  expect(complaints()).toHaveLength(1);
  expect(complaints()[0]).toContain("the private key does not belong to the certificate of localhost");
  expect((await client.info()).warnings.join()).toContain("does not belong");
  expect(await shownBy(agent, alice, root.cert)).toBe(new X509Certificate(certificate.cert).serialNumber);
  replace(agent.files.key, own.key);
  await agent.reload();
  expect((await client.info()).warnings).toEqual([]);
});

test("a client that is revoked loses its running streams, others keep theirs", async () => {
  using dir = tempDir();
  const { root, alice, bob, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  using revoked = clientOf(agent, alice);
  using valid = clientOf(agent, bob);
  const [cut, kept] = [await watching(revoked), await watching(valid)];
  replace(agent.files.crl, await root.crl({ revoked: [alice] }));
  expect((await errorOf(cut.events.next())).code).toBe("UNAUTHENTICATED");
  expect((await errorOf(revoked.info())).message).toBe("the client certificate has been revoked");
  expect((await valid.info()).refusals["certificate"]).toBeGreaterThan(0);
  expect(loggedBy(agent)).toMatch(
    /refused 127\.0\.0\.1:\d+ of alice: the client certificate has been revoked/,
  );
  await valid.run({ name: "after", command: "true" });
  expect((await kept.events.next()).value).toMatchObject({ type: "STARTED" });
});

test("a follower and a waiter that are revoked are told so", async () => {
  using dir = tempDir();
  const { root, alice, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  using client = clientOf(agent, alice);
  await client.run({ name: "foo", command: "/bin/sh", args: ["-c", "echo hi; exec sleep 600"] });
  const waited = errorOf(client.wait({ name: "foo" }));
  const output = client.streamLogs({ name: "foo" });
  expect(Buffer.from((await output.next()).value?.output ?? []).toString()).toBe("hi\n");
  replace(agent.files.crl, await root.crl({ revoked: [alice] }));
  const refusal = { code: "UNAUTHENTICATED", message: "the client certificate has been revoked" };
  expect(await errorOf(output.next())).toMatchObject(refusal);
  expect(await waited).toMatchObject(refusal);
});

test("a certificate that ends while its client is connected ends its calls and its streams", async () => {
  using dir = tempDir();
  const { root, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  const end = new Date(Date.now() + 15_000);
  using client = clientOf(agent, await root.issue({ subject: "/O=admin/CN=brief", validTo: end }));
  const stream = await watching(client);
  await until(() => Date.now() > end.getTime() + 1_000, "the certificate has ended", 30_000);
  // At the next look, ten seconds later at most.
  await agent.reload();
  expect(await errorOf(stream.events.next())).toMatchObject({
    code: "UNAUTHENTICATED",
    message: "the client certificate has expired",
  });
});

test("who takes up an earlier TLS session with a certificate that has ended since is refused", async () => {
  using dir = tempDir();
  const { root, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  const end = new Date(Date.now() + 10_000);
  const { cert, key } = await root.issue({ subject: "/O=admin/CN=brief", validTo: end });
  const connectWith = async (session?: Buffer) => {
    const socket = connectTls({
      ...{ host: "127.0.0.1", port: agent.port, servername: "localhost", ALPNProtocols: ["h2"] },
      ...{ ca: root.cert, cert, key, ...(session && { session }) },
    });
    socket.on("error", () => undefined).resume();
    await once(socket, "secureConnect");
    return { socket, [Symbol.dispose]: () => socket.destroy() };
  };
  const { socket: first } = await connectWith();
  const [ticket] = (await once(first, "session")) as [Buffer];
  first.destroy();
  await until(() => Date.now() > end.getTime() + 1_000, "the certificate has ended", 30_000);
  expect(loggedBy(agent)).not.toContain("of brief: the client certificate has expired");
  using second = await connectWith(ticket);
  // TLS looks at no certificate then, so at no date either.
  expect(second.socket.isSessionReused()).toBe(true);
  const refused = () => loggedBy(agent).includes("of brief: the client certificate has expired");
  await until(refused, "it is refused at once", 5_000);
});

test("when a CA is trusted no more, its clients are cut off; those of the new one get in", async () => {
  using dir = tempDir();
  const { root, alice, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  const next = await createAuthority(dir.path, "next");
  const { cert, key } = await next.issue({ subject: "/O=admin/CN=carol" });
  using old = clientOf(agent, alice);
  const stream = await watching(old);
  replace(agent.files.crl, await next.crl());
  replace(agent.files.ca, next.cert);
  expect((await errorOf(stream.events.next())).code).toBe("UNAUTHENTICATED");
  const renewed = connect({ address: agent.address, ca: root.cert, cert, key });
  expect((await renewed.info()).tenant).toBe("carol");
  renewed.close();
});

test("a list that vanishes goes on to count", async () => {
  using dir = tempDir();
  const { root, alice, bob, agent } = await agentWithClients(dir.path);
  await using _agent = agent;
  replace(agent.files.crl, await root.crl({ revoked: [alice] }));
  await agent.reload();
  rmSync(agent.files.crl);
  await agent.reload();
  using revoked = clientOf(agent, alice);
  using valid = clientOf(agent, bob);
  expect((await errorOf(revoked.info())).message).toContain("has been revoked");
  expect((await valid.info()).warnings.join()).toContain(`the revocation list ${agent.files.crl} is gone`);
});

test("SIGHUP has the binary's agent read its files again", async () => {
  await using agent = await spawnAgent();
  agent.kill("SIGHUP");
  await until(() => agent.log().includes("SIGHUP: certificates and settings read again"), "it has heard");
  using client = await agent.client();
  expect((await client.info()).tenant).toBe("root");
});
