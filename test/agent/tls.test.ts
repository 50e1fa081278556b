import { expect, test } from "bun:test";
import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { connect } from "../../src/client/index.ts";
import { startAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";

const certs = await testCerts();
const http2Hello = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/** What an agent sends to a client that starts to speak HTTP/2: nothing when it refuses. */
function answerTo(port: number, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({
      ...{ host: "127.0.0.1", port, servername: "localhost", ca: certs.ca.cert, ALPNProtocols: ["h2"] },
      ...options,
    });
    const done = (answer: string) => {
      resolve(answer);
      socket.destroy();
    };
    socket.on("secureConnect", () => socket.write(http2Hello));
    socket.on("data", () => done(`HTTP/2 over ${socket.getProtocol()}`));
    socket.on("error", () => done("refused"));
    socket.on("close", () => done("refused"));
  });
}

test("a client certificate of our CA over TLS 1.3 gets in", async () => {
  await using agent = await startAgent();
  const { cert, key } = await certs.client();
  expect(await answerTo(agent.port, { cert, key })).toBe("HTTP/2 over TLSv1.3");
});

test("TLS 1.2 does not get in", async () => {
  await using agent = await startAgent();
  const { cert, key } = await certs.client();
  expect(await answerTo(agent.port, { cert, key, maxVersion: "TLSv1.2" })).toBe("refused");
});

test("nobody gets in without a certificate", async () => {
  await using agent = await startAgent();
  expect(await answerTo(agent.port, {})).toBe("refused");
});

test.each(["expired client", "client of another CA", "client that is a server"] as const)(
  "the certificate of an %s does not get in",
  async (kind) => {
    await using agent = await startAgent();
    const { cert, key } = await certs.odd(kind);
    expect(await answerTo(agent.port, { cert, key })).toBe("refused");
  },
);

test.each([
  "client without tenant",
  "client with two tenants",
  "client without role",
  "client with two roles",
  "client of unknown role",
] as const)("a %s gets a connection and may call nothing", async (kind) => {
  await using agent = await startAgent();
  const client = connect(await agent.options(await certs.odd(kind)));
  const calls = [
    client.run({ name: "foo", command: "true" }),
    client.get({ name: "foo" }),
    client.list(),
    client.stop({ name: "foo" }),
    client.wait({ name: "foo" }),
    client.streamLogs({ name: "foo" }).next(),
    client.info(),
  ];
  for (const call of calls) expect((await errorOf(call)).code).toBe("UNAUTHENTICATED");
  client.close();
});

test("a plaintext client is hung up on", async () => {
  await using agent = await startAgent();
  const socket = connectTcp(agent.port, "127.0.0.1");
  socket.on("error", () => undefined).resume();
  socket.write(http2Hello);
  await once(socket, "close");
});
