/** Clients that want to have all of the agent's memory, descriptors or time. */
import { expect, test } from "bun:test";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { connect as connectTcp, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { testCerts } from "../../helpers/certs.ts";
import { call, frame, grpcMessage, type RawConnection, types, uint32 } from "../../helpers/raw-http2.ts";
import { until } from "../../helpers/until.ts";
import { startVictim, type Victim } from "../../helpers/victim.ts";

/** MiB that the agent may have in all. At rest it has some 60; each of these would take far more without a limit. */
const MEMORY_BOUND = 400;

function descriptorsOf(victim: Victim): number {
  return readdirSync(`/proc/${victim.pid}/fd`).length;
}

/** Connections that never say a word. */
class Silent implements Disposable {
  readonly sockets: Socket[] = [];

  async open(victim: Victim, count: number): Promise<void> {
    const opened = Array.from({ length: count }, () => connectTcp(victim.port, "127.0.0.1"));
    for (const socket of opened) socket.on("error", () => undefined).resume();
    this.sockets.push(...opened);
    await Promise.all(opened.map((socket) => once(socket, "connect")));
  }

  [Symbol.dispose](): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

test("ten thousand half-open connections take no more than a hundred descriptors, and others get in meanwhile", async () => {
  await using victim = await startVictim("clients: {handshake-timeout: 10m}\n");
  const before = descriptorsOf(victim);
  using silent = new Silent();
  for (let i = 0; i < 50; i++) {
    await silent.open(victim, 200);
    if (i % 10 === 5) await victim.mustServe();
  }
  // 100 of one address, and a few that have not been looked at.
  await until(() => descriptorsOf(victim) <= before + 110, "the older ones are closed");
  expect(victim.memory()).toBeLessThan(MEMORY_BOUND);
  await victim.mustServe();
});

test("handshakes that trickle in byte by byte are cut off in time", async () => {
  await using victim = await startVictim("clients: {handshake-timeout: 2s}\n");
  using silent = new Silent();
  await silent.open(victim, 50);
  const hello = Buffer.from("16030102000100", "hex");
  let sent = 0;
  await until(async () => {
    for (const socket of silent.sockets) {
      if (!socket.destroyed) socket.write(hello.subarray(sent % hello.length, (sent % hello.length) + 1));
    }
    sent++;
    await victim.mustServe();
    return silent.sockets.every(({ destroyed }) => destroyed);
  }, "all of them are closed");
  expect(victim.log()).toContain("it did not finish the TLS handshake in time");
});

/** 250 readers of a log of 100 MB, the most that one connection may have, none of which reads. */
async function stuckReaders(victim: Victim, window: number): Promise<RawConnection> {
  const connection = await victim.attack();
  const settings = Buffer.concat([Buffer.from([0, 4]), uint32(window)]);
  await connection.send(
    frame(types.settings, 0, 0, settings),
    frame(types.windowUpdate, 0, 0, uint32(2 ** 30)),
  );
  const request = grpcMessage(Buffer.from([0x0a, 3, ...Buffer.from("big")]));
  const calls = Array.from({ length: 250 }, (_, i) => call(1 + 2 * i, "StreamLogs", request));
  connection.socket.pause();
  for (const bytes of calls) connection.socket.write(bytes);
  return connection;
}

test("a thousand streams that nobody reads stay within bounds, and others read on", async () => {
  await using victim = await startVictim();
  using client = await victim.client();
  await client.run({
    name: "big",
    command: "/bin/sh",
    args: ["-c", "head -c 100000000 /dev/zero | tr '\\0' x"],
  });
  await client.wait({ name: "big" });
  await using stuck = new AsyncDisposableStack();
  // Half of them say that they would read all of it at once, half that they take nothing.
  for (const window of [2 ** 31 - 1, 0, 2 ** 31 - 1, 0]) stuck.use(await stuckReaders(victim, window));
  using another = await victim.client("mallory");
  await until(
    async () => (await another.info().catch((error) => error)).code === "QUOTA_EXCEEDED",
    "all are taken",
  );
  let read = 0;
  for await (const { output } of client.streamLogs({ name: "big" })) read += output.length;
  expect(read).toBe(100_000_000);
  expect(victim.memory()).toBeLessThan(MEMORY_BOUND);
  await victim.mustServe();
});

test("hundreds of requests that unpack to all that a message may have stay within bounds", async () => {
  await using victim = await startVictim();
  const certs = await testCerts();
  const { cert, key } = await certs.client({ tenant: "mallory", role: "admin" });
  const bomb = grpcMessage(gzipSync(Buffer.alloc(4_190_000)), 1);
  using sessions = new DisposableStack();
  let left = 500;
  for (let i = 0; i < 2; i++) {
    const session = connectHttp2(`https://localhost:${victim.port}`, { ca: certs.ca.cert, cert, key });
    sessions.defer(() => session.destroy());
    for (let n = 0; n < 250; n++) {
      const stream = session.request({
        ...{ ":method": "POST", ":path": "/job_runner.JobService/Info", te: "trailers" },
        ...{ "content-type": "application/grpc", "grpc-encoding": "gzip" },
      });
      stream.on("close", () => left--).on("error", () => undefined);
      stream.resume().end(bomb);
    }
  }
  let peak = 0;
  await until(
    () => {
      peak = Math.max(peak, victim.memory());
      return left === 0;
    },
    "all are answered",
    60_000,
  );
  expect(peak).toBeLessThan(MEMORY_BOUND);
  await victim.mustServe();
}, 120_000);

test("requests that are begun and never ended are cut off, with all that they held", async () => {
  await using victim = await startVictim("clients: {request-timeout: 2s, pending-size: 4M}\n");
  await using begun = new AsyncDisposableStack();
  for (let i = 0; i < 5; i++) {
    const mallory = begun.use(await victim.attack());
    // A message of 60,000 bytes, which lacks its last one.
    const bytes = grpcMessage(Buffer.alloc(16_000), 0, 60_000);
    await mallory.send(call(1, "Info", bytes).subarray(0, -1));
    await until(() => mallory.isClosed(), "it is cut off");
  }
  expect(victim.log()).toContain("of mallory: a request did not arrive in full within 2000 ms");
  await victim.mustServe();
});
