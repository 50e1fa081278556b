import { expect, test } from "bun:test";
import { connect as connectTcp } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { handshakeReason } from "../../src/agent/handshakes.ts";
import { type Refusal, Refusals } from "../../src/agent/refusals.ts";
import { startAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { until } from "../helpers/until.ts";

const certs = await testCerts();

/** An agent, and the connections it has refused. */
async function refusingAgent() {
  const refused: Refusal[] = [];
  const agent = await startAgent({ onRefused: (refusal) => void refused.push(refusal) });
  /** The refusal of a client that connects like this, and the port that client called from. */
  async function refusalOf(options: ConnectionOptions): Promise<Refusal & { readonly from: string }> {
    const before = refused.length;
    const socket = connectTls({
      ...{ host: "127.0.0.1", port: agent.port, servername: "localhost", ca: certs.ca.cert },
      ...{ ALPNProtocols: ["h2"], ...options },
    });
    let from = "";
    socket.on("connect", () => {
      from = `127.0.0.1:${socket.localPort}`;
    });
    socket.on("error", () => undefined).resume();
    const refusal = await until(() => refused[before], "the agent tells of a refusal");
    socket.destroy();
    return { ...refusal, from };
  }
  return { agent, refused, refusalOf };
}

test.each([
  ["expired client", "the client certificate has expired"],
  ["client of another CA", "the client certificate is not of a CA that this agent trusts"],
  ["client that is a server", "the certificate lacks the extended key usage clientAuth"],
] as const)("who is refused as an %s is told of by address and reason", async (kind, reason) => {
  const { agent, refusalOf } = await refusingAgent();
  await using _agent = agent;
  const { cert, key } = await certs.odd(kind);
  const { from, ...refusal } = await refusalOf({ cert, key });
  expect(refusal).toEqual({ kind: "handshake", address: from, reason });
  expect(agent.logged).toContain(`warn refused ${from}: ${reason}`);
});

test("who has no certificate, an old TLS or none at all is told of", async () => {
  const { agent, refused, refusalOf } = await refusingAgent();
  await using _agent = agent;
  const { cert, key } = await certs.client();
  expect((await refusalOf({})).reason).toBe("no client certificate");
  expect((await refusalOf({ cert, key, maxVersion: "TLSv1.2" })).reason).toBe("it does not speak TLS 1.3");
  const socket = connectTcp(agent.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\n\r\n");
  await until(() => refused.length === 3, "the third is refused");
  expect(refused[2]?.reason).toMatch(/does not speak TLS|without TLS/);
});

test("admins see how many were refused, others do not", async () => {
  const { agent, refusalOf } = await refusingAgent();
  await using _agent = agent;
  await refusalOf({});
  await refusalOf({});
  using admin = await agent.client();
  using user = await agent.client("alice", "user");
  expect((await admin.info()).refusals).toMatchObject({ handshake: 2, rate: 0 });
  expect((await user.info()).refusals).toEqual({});
});

test("a flood of refusals is counted in full and fills no log", () => {
  const lines: string[] = [];
  const told: Refusal[] = [];
  const log = {
    debug: () => undefined,
    info: () => undefined,
    error: () => undefined,
    warn: (line: string) => void lines.push(line),
  };
  const refusals = new Refusals(log, (refusal) => void told.push(refusal));
  for (let i = 0; i < 5_000; i++)
    refusals.connection({ kind: "handshake", address: `[::1]:${i}`, reason: "x" });
  expect(refusals.counts.handshake).toBe(5_000);
  expect(told).toHaveLength(5_000);
  // The first 20, and one for each second that this took.
  expect(lines.length).toBeWithin(20, 200);
});

test("an unknown error of TLS keeps its code, and nothing that a stranger wrote", () => {
  const error = Object.assign(new Error("\u001b[31m text of a stranger"), { code: "ERR_SSL_ODD" });
  expect(handshakeReason(error)).toBe("the TLS handshake failed (ERR_SSL_ODD)");
});
