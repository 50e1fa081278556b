import { expect, test } from "bun:test";
import { createServer as createTcpServer, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { type ConnectOptions, connect } from "../../src/client/index.ts";
import { startAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";

const certs = await testCerts();
const { cert, key } = await certs.client();
const ca = certs.ca.cert;

/** What a caller hears, in one line. */
async function explanationFor(options: Partial<ConnectOptions> & { address: string }): Promise<string> {
  const client = connect({ ca, cert, key, ...options });
  const { code, message, hint } = await errorOf(client.list());
  client.close();
  return `${code}: ${message} (${hint})`;
}

async function listening(server: Server): Promise<string & Disposable> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return Object.assign(`localhost:${port}`, { [Symbol.dispose]: () => void server.close() });
}

test("a dead agent", async () => {
  const server = createTcpServer();
  const address = String(await listening(server));
  server.close();
  const explanation = await explanationFor({ address });
  expect(explanation).toContain(`UNAVAILABLE: no agent listens at ${address}`);
  expect(explanation).toContain("lpr agent serve");
});

test("a host name that does not exist", async () => {
  expect(await explanationFor({ address: "no-such-host.invalid:1" })).toContain(
    "UNAVAILABLE: the host name no-such-host.invalid cannot be found",
  );
});

test("a client certificate that the agent refuses", async () => {
  await using agent = await startAgent();
  const other = await certs.odd("client of another CA");
  const explanation = await explanationFor({ address: agent.address, cert: other.cert, key: other.key });
  expect(explanation).toContain(
    `UNAUTHENTICATED: the agent at ${agent.address} refused your client certificate`,
  );
  expect(explanation).toContain("was not issued by the CA you trust");
});

function setRejection(value: string | undefined): void {
  if (value === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
  else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = value;
}

test.each([undefined, "0"])(
  "an agent of a CA that one does not trust, whatever is to be rejected (%p)",
  async (value) => {
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    using _restored = { [Symbol.dispose]: () => setRejection(before) };
    setRejection(value);
    await using agent = await startAgent({ certificate: await certs.odd("agent of another CA") });
    expect(await explanationFor({ address: agent.address })).toContain(
      `UNAUTHENTICATED: the agent at ${agent.address} has a certificate of a CA that you do not trust`,
    );
  },
);

test("an agent of a CA that one does not trust, whatever Node's variable for such cases says", async () => {
  await using agent = await startAgent({ certificate: await certs.odd("agent of another CA") });
  process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
  try {
    expect(await explanationFor({ address: agent.address })).toContain("of a CA that you do not trust");
  } finally {
    delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
  }
});

/** What an agent looks like that was not stopped in time: none starts with such a certificate. */
async function servedWith(certificate: { readonly cert: string; readonly key: string }) {
  return listening(createTlsServer({ ...certificate, ALPNProtocols: ["h2"] }));
}

test("an agent whose certificate has expired", async () => {
  using address = await servedWith(await certs.odd("expired agent"));
  expect(await explanationFor({ address: String(address) })).toContain(
    `UNAUTHENTICATED: the certificate of the agent at ${address} has expired`,
  );
});

test("an agent with the certificate of another host", async () => {
  await using agent = await startAgent({ certificate: await certs.odd("agent of another host") });
  const explanation = await explanationFor({ address: agent.address });
  expect(explanation).toContain("UNAUTHENTICATED");
  expect(explanation).toContain("is for another host: it does not name localhost");
  expect(explanation).toContain("lpr certs issue-agent localhost");
});

test("an IP address that the agent's certificate does not hold, and one that it does", async () => {
  await using named = await startAgent({ certificate: await certs.odd("agent without addresses") });
  expect(await explanationFor({ address: `127.0.0.1:${named.port}` })).toContain("does not name 127.0.0.1");
  await using agent = await startAgent();
  const client = connect({ ca, cert, key, address: `127.0.0.1:${agent.port}` });
  expect((await client.info()).tenant).toBe("alice");
  client.close();
});

test.each(["agent that is a client", "agent without usage"] as const)("an %s", async (kind) => {
  using address = await servedWith(await certs.odd(kind));
  expect(await explanationFor({ address: String(address) })).toContain(
    `UNAUTHENTICATED: the certificate at ${address} is not for an agent`,
  );
});

test("a service that does not speak TLS", async () => {
  using address = await listening(
    createTcpServer((socket) => socket.on("error", () => undefined).end("SSH-2.0-OpenSSH\r\n")),
  );
  expect(await explanationFor({ address: String(address) })).toContain(
    `UNAVAILABLE: what answers at ${address} does not speak TLS 1.3 as an lpr agent does`,
  );
});

test("a TLS service that is no agent", async () => {
  const server = createTlsServer({ cert: certs.agent.cert, key: certs.agent.key }, (socket) => {
    socket.on("error", () => undefined).end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  using address = await listening(server);
  expect(await explanationFor({ address: String(address) })).toContain(
    `UNAVAILABLE: what answers at ${address} is not an lpr agent`,
  );
});

test("something that accepts connections and says nothing", async () => {
  using address = await listening(createTcpServer((socket) => socket.on("error", () => undefined)));
  expect(await explanationFor({ address: String(address), connectTimeoutMs: 100 })).toContain(
    `UNAVAILABLE: something accepts connections at ${address} but does not answer`,
  );
});

test("a client that waits for an agent which does not answer can be cancelled", async () => {
  using address = await listening(createTcpServer((socket) => socket.on("error", () => undefined)));
  const client = connect({ ca, cert, key, address: String(address) });
  const error = await errorOf(client.list({}, { signal: AbortSignal.timeout(50) }));
  expect(error.code).toBe("CANCELLED");
  client.close();
});
