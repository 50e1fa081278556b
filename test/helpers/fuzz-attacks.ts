import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { connect as connectTcp, createServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { connect as connectTls } from "node:tls";
import { gzipSync } from "node:zlib";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { jobService, type Rpc } from "../../src/rpc/schema.ts";
import type { Random } from "./random.ts";

/** Does harm, and resolves when that has had its effect or a short time has passed. */
export type Attack = (random: Random) => Promise<void>;

interface Victim {
  readonly port: number;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const rpcs = Object.keys(jobService) as Rpc[];
/** Few, so that attacks meet each other's jobs. */
const names = ["a", "b-1", "C_2", "job"];
/** A job that is watched and never stopped: whoever still follows it after the attacks has been forgotten. */
export const QUIET_JOB = "quiet";
const texts = ["", "../x", "a/b", "\0", "é", "\u{1f600}", "x".repeat(64), "%s%n", "__proto__", "-"];
const signals = ["HUP", "SIGUSR1", "TERM", "KILL", "SIG", "NONE"];
const numbers = [0, 1, -1, 7, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -(2 ** 53), 1e15];

/** Every way to misuse an agent that we could think of, over connections of its own. */
export async function attacks(
  victim: Victim,
): Promise<{ readonly all: readonly Attack[] } & AsyncDisposable> {
  const way = await cuttableWay(victim.port);
  const direct = grpcClient(victim, victim.port);
  return {
    all: [
      (random) => call(direct, random, message(random), Number.POSITIVE_INFINITY),
      (random) => call(direct, random, message(random), random.int(20)),
      (random) => call(direct, random, mutated(random, message(random, names).bytes), 1_000),
      (random) =>
        call(direct, random, { rpc: random.pick(rpcs), bytes: random.bytes(random.int(300)) }, 1_000),
      (random) => callAndCut(victim, way, random),
      (random) => garbageOverTls(victim, random),
      (random) => garbageOverTcp(victim, random),
      (random) => badFraming(victim, random),
    ],
    async [Symbol.asyncDispose]() {
      direct.close();
      way.close();
    },
  };
}

interface Sent {
  readonly rpc: Rpc;
  readonly bytes: Buffer;
}

function text(random: Random): string {
  if (random.chance(0.02)) return "long ".repeat(random.int(1_200_000));
  return random.chance(0.3) ? random.pick(texts) : random.pick(names);
}

function duration(random: Random) {
  return { seconds: random.pick(numbers), nanos: random.pick([0, 1, -5]) };
}

/** What a run may ask for beside the command, mostly nonsense. */
function options(random: Random) {
  return {
    env: Array.from(
      { length: random.int(3) },
      () => `${text(random).slice(0, 20)}=${text(random).slice(0, 20)}`,
    ),
    workingDir: random.chance(0.9) ? "" : text(random),
    generateName: random.chance(0.1),
    labels: random.chance(0.5) ? {} : { [text(random).slice(0, 20)]: text(random).slice(0, 20) },
    timeout: random.chance(0.5) ? null : duration(random),
    resources: random.chance(0.8) ? null : { cpuCores: random.pick(numbers), pids: random.pick(numbers) },
    killMode: random.chance(0.8) ? 0 : random.int(4),
    ifExists: random.chance(0.5) ? 0 : random.int(4),
    requestId: random.chance(0.5) ? "" : text(random).slice(0, 20),
    validateOnly: random.chance(0.1),
    user: random.chance(0.8) ? "" : text(random).slice(0, 20),
  };
}

/** A request that decodes, mostly nonsense. `harmless` are the jobs that get what does not end a job. */
function message(random: Random, harmless: readonly string[] = [QUIET_JOB]): Sent {
  const selector = { name: text(random), jobId: random.chance(0.8) ? "" : text(random) };
  const watched = { ...selector, name: random.chance(0.5) ? random.pick(harmless) : selector.name };
  const many = random.chance(0.05) ? 20_000 : random.int(4);
  const requests = {
    run: {
      name: text(random),
      ...random.pick([
        { command: "true", args: [] },
        { command: "/bin/sh", args: ["-c", "echo x; sleep 0.1; exit 3"] },
        { command: "/bin/sh", args: ["-c", "while echo output; do sleep 0.01; done"] },
        { command: text(random), args: Array.from({ length: many }, () => text(random).slice(0, 20)) },
      ]),
      ...(random.chance(0.5) ? { ifExists: random.int(3) } : options(random)),
    },
    get: watched,
    wait: watched,
    stop: { ...selector, gracePeriod: random.chance(0.5) ? null : duration(random) },
    signal: {
      ...random.pick([
        { ...selector, signal: random.pick(signals) },
        { ...watched, signal: random.pick(["CONT", text(random)]) },
      ]),
      all: random.chance(0.5),
    },
    remove: selector,
    stats: {
      ...watched,
      ...(random.chance(0.5) ? { name: "" } : {}),
      interval: random.pick([null, { seconds: 0, nanos: 100_000_000 }, duration(random)]),
    },
    watch: { sinceSequence: random.chance(0.5) ? null : random.pick(numbers), fleet: random.chance(0.1) },
    streamLogs: {
      ...watched,
      offset: random.chance(0.6) ? 0 : random.pick(numbers),
      noFollow: random.chance(0.2),
    },
    list: {
      statuses: random.chance(0.7) ? [] : [random.int(9)],
      createdBy: random.chance(0.7) ? "" : text(random),
      pageSize: random.pick([0, 1, 100, -1, 2 ** 31 - 1]),
      pageToken: random.chance(0.7) ? "" : text(random),
    },
    info: {},
    fleetAgents: { pageSize: random.pick(numbers), pageToken: text(random), pool: text(random) },
    fleetPools: { pageSize: random.pick(numbers), pageToken: text(random) },
    drain: { undo: random.chance(0.5) },
    audit: {
      since: random.chance(0.5) ? null : duration(random),
      tenant: random.chance(0.7) ? "" : text(random),
      jobName: random.chance(0.7) ? "" : text(random),
      refusedOnly: random.chance(0.5),
      pageSize: random.pick([0, 1, 100, -1, 2 ** 31 - 1]),
      pageToken: random.chance(0.5) ? "" : random.pick([text(random), "7", "99999999999999999999"]),
    },
  };
  // Without jobs there is little to misuse.
  const rpc = random.pick<Rpc>([...rpcs, "run", "run", "run"]);
  return { rpc, bytes: jobService[rpc].requestSerialize(requests[rpc] as never) };
}

/** Some bytes changed, doubled or cut off. */
function mutated(random: Random, original: Buffer): Sent {
  const bytes = Buffer.from(original.subarray(0, 10_000));
  for (let i = random.int(6); i >= 0 && bytes.length > 0; i--)
    bytes[random.int(bytes.length)] = random.int(256);
  return {
    rpc: random.pick(rpcs),
    bytes: random.chance(0.3) ? bytes.subarray(0, random.int(bytes.length)) : bytes,
  };
}

function grpcClient({ ca, cert, key }: Victim, port: number): Client {
  const tls = credentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert));
  return new Client(`localhost:${port}`, tls, {
    ...{ "grpc.enable_http_proxy": 0, "grpc.use_local_subchannel_pool": 1 },
    // Larger than the agent takes.
    "grpc.max_send_message_length": -1,
  });
}

/** Reads what comes, and cancels after so many milliseconds; at the latest after half a second. */
function call(client: Client, random: Random, { rpc, bytes }: Sent, cancelAfter: number): Promise<void> {
  const { path, responseStream } = jobService[rpc];
  const asIs = (buffer: Buffer) => buffer;
  return new Promise((resolve) => {
    const readsNothing = random.chance(0.2);
    const pending = responseStream
      ? client.makeServerStreamRequest(path, asIs, asIs, bytes, new Metadata(), {})
      : client.makeUnaryRequest(path, asIs, asIs, bytes, new Metadata(), {}, () => done());
    const timer = setTimeout(() => pending.cancel(), Math.min(cancelAfter, 500));
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    pending.on("error", done);
    pending.on("status", done);
    if (pending instanceof Readable && !readsNothing) pending.resume();
  });
}

interface Way {
  readonly port: number;
  cut(): void;
  close(): void;
}

/** A proxy whose connections can be torn down in the middle of anything. */
async function cuttableWay(target: number): Promise<Way> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connectTcp(target, "127.0.0.1");
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.on("error", () => undefined);
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const close = () => {
    cut();
    server.close();
  };
  return { port: (server.address() as { port: number }).port, cut, close };
}

async function callAndCut(victim: Victim, way: Way, random: Random): Promise<void> {
  const client = grpcClient(victim, way.port);
  const calls = [1, 2, 3].map(() => call(client, random, message(random), 300));
  setTimeout(way.cut, random.int(60));
  await Promise.all(calls);
  client.close();
}

/** Behind a handshake that succeeds: half a hello, hello and noise, nothing at all. */
function garbageOverTls({ port, ...identity }: Victim, random: Random): Promise<void> {
  const socket = connectTls({ ...identity, port, host: "localhost", ALPNProtocols: ["h2"] });
  return strike(socket, "secureConnect", random);
}

function garbageOverTcp({ port }: Victim, random: Random): Promise<void> {
  return strike(connectTcp(port, "127.0.0.1"), "connect", random);
}

function strike(socket: Socket, connected: string, random: Random): Promise<void> {
  const hello = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", "latin1");
  const start = random.pick([hello, hello.subarray(0, random.int(hello.length)), Buffer.alloc(0)]);
  return new Promise((resolve) => {
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
    socket.on(connected, () => {
      socket.write(Buffer.concat([start, random.bytes(random.int(2_000))]));
      setTimeout(() => (random.chance(0.5) ? socket.destroy() : socket.resetAndDestroy()), random.int(50));
    });
    socket.resume();
    setTimeout(() => socket.destroy(), 500);
  });
}

const bomb = gzipSync(Buffer.alloc(20_000_000));

/** HTTP/2 that is right, with gRPC in it that is not. */
function badFraming({ port, ...identity }: Victim, random: Random): Promise<void> {
  const bytes = random.bytes(random.int(100));
  const framed = (flag: number, length: number, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.writeUInt8(flag);
    head.writeUInt32BE(length, 1);
    return Buffer.concat([head, body]);
  };
  const body = random.pick([
    Buffer.alloc(0),
    bytes,
    framed(0, 2 ** 32 - 1, bytes),
    framed(0, bytes.length + 10, bytes),
    framed(1, bytes.length, bytes),
    framed(1, bomb.length, bomb),
    Buffer.concat([framed(0, bytes.length, bytes), framed(0, bytes.length, bytes)]),
  ]);
  const path = random.pick([
    ...rpcs.map((rpc) => jobService[rpc].path),
    "/",
    "/job_runner.JobService/Nothing",
  ]);
  const headers = {
    ":method": random.pick(["POST", "POST", "POST", "GET"]),
    ":path": path,
    "content-type": random.pick(["application/grpc", "application/grpc", "text/plain"]),
    "grpc-encoding": random.pick(["identity", "gzip", "nonsense"]),
    "grpc-timeout": random.pick(["1S", "0n", "99999999H", "xyz"]),
    "lpr-hint-bin": random.pick(["", "!!!"]),
    te: "trailers",
  };
  return new Promise((resolve) => {
    const session: ClientHttp2Session = connectHttp2(`https://localhost:${port}`, identity);
    const timer = setTimeout(() => session.destroy(), 300);
    session.on("error", () => undefined);
    session.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
    const stream = session.request(headers);
    stream.on("error", () => undefined);
    stream.on("close", () => session.close());
    stream.resume();
    stream.end(body);
  });
}
