import { expect, test } from "bun:test";
import { appendFileSync, existsSync, statSync, truncateSync } from "node:fs";
import { connect as connectTcp, createServer, type Socket } from "node:net";
import { join as joinPath } from "node:path";
import { connect, type LogChunk } from "../../src/client/index.ts";
import { openProxy } from "../cli/proxy.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

const lines = (count: number) => ({
  ...{ name: "big", command: "/bin/sh" },
  args: ["-c", `seq -f 'line %.0f of a log that is long enough to matter' ${count}`],
});

/** Checks that chunks follow each other without gap or repeat; resolves to their bytes. */
async function join(chunks: AsyncIterable<LogChunk>, from = 0): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let position = from;
  for await (const { offset, output } of chunks) {
    if (offset !== position) throw new Error(`chunk at ${offset}, expected ${position}`);
    position += output.length;
    parts.push(output);
  }
  return Buffer.concat(parts);
}

/** A way to the agent that can be cut. */
async function proxyTo(port: number) {
  const open = new Set<Socket>();
  let passed = 0;
  let mutes = false;
  const server = createServer((client) => {
    const upstream = connectTcp(port, "127.0.0.1");
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
    upstream.on("data", (data: Buffer) => {
      passed += data.length;
      if (mutes) client.unpipe(upstream);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `localhost:${(server.address() as { port: number }).port}`,
    passed: () => passed,
    connections: () => open.size / 2,
    /** From the next word of the agent on it hears nothing more of its clients. */
    mute: () => {
      mutes = true;
    },
    cut: () => {
      for (const socket of open) socket.destroy();
    },
    [Symbol.dispose]: () => void server.close(),
  };
}

test("a stream resumes at its offset", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run({ name: "foo", command: "printf", args: ["0123456789"] });
  await client.wait({ name: "foo" });
  expect((await join(client.streamLogs({ name: "foo", offset: 7 }), 7)).toString()).toBe("789");
  expect(await join(client.streamLogs({ name: "foo", offset: 10 }), 10)).toHaveLength(0);
  const beyond = await errorOf(client.streamLogs({ name: "foo", offset: 11 }).next());
  expect(beyond.code).toBe("INVALID_INPUT");
});

test("a stream whose connection is cut again and again loses and repeats no byte", async () => {
  await using agent = await startAgent();
  using way = await proxyTo(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  await client.run(lines(400_000));
  const { logBytes } = await client.wait({ name: "big" });
  let cuts = 0;
  let nextCut = way.passed() + 1_000_000;
  async function* disturbed() {
    for await (const chunk of client.streamLogs({ name: "big" })) {
      yield chunk;
      if (way.passed() < nextCut || cuts === 5) continue;
      nextCut = way.passed() + 2_000_000;
      cuts++;
      way.cut();
    }
  }
  const whole = await join(disturbed());
  expect(cuts).toBe(5);
  expect(whole.length).toBe(logBytes);
  expect(whole.subarray(-60).toString()).toEndWith("line 400000 of a log that is long enough to matter\n");
  client.close();
}, 30_000);

test("a follower whose connection is cut hears the rest", async () => {
  await using agent = await startAgent();
  using way = await proxyTo(agent.port);
  using dir = (await import("../helpers/temp-dir.ts")).tempDir();
  const go = dir.join("go");
  const client = connect({ ...(await agent.options()), address: way.address });
  await client.run({
    name: "foo",
    command: "/bin/sh",
    args: ["-c", `echo before; while ! [ -e ${go} ]; do sleep 0.05; done; echo after`],
  });
  const seen: string[] = [];
  for await (const { output } of client.streamLogs({ name: "foo" })) {
    seen.push(Buffer.from(output).toString());
    if (seen.length > 1) continue;
    way.cut();
    await Bun.write(go, "");
  }
  expect(seen.join("")).toBe("before\nafter\n");
  client.close();
});

test("a follower that was away while the log was cut shorter begins anew, though it has outgrown its place", async () => {
  await using agent = await startAgent();
  await using way = await openProxy(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  const { id } = await client.run({ name: "foo", command: "sleep", args: ["1000"] });
  const [log, index] = ["output.log", "index"].map((name) => joinPath(agent.stateDir, "jobs", id, name)) as [
    string,
    string,
  ];
  appendFileSync(log, "012345678\n");
  await until(() => existsSync(index) && statSync(index).size > 0, "the log has been looked at");
  const follower = client.streamLogs({ name: "foo" });
  expect((await follower.next()).value?.output).toHaveLength(10);
  way.isOpen = false;
  way.cut();
  truncateSync(log, 0);
  await until(() => statSync(index).size === 0, "the cut has been seen");
  appendFileSync(log, "a new log, and longer");
  const next = follower.next();
  way.isOpen = true;
  expect((await next).value).toMatchObject({ offset: 0, truncated: true, cuts: 1 });
  await follower.return();
  client.close();
});

test("the last lines of two logs, cut off again and again, go on exactly in each", async () => {
  await using agent = await startAgent();
  using way = await proxyTo(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  const script =
    "seq 3000; seq -f 'e%.0f' 3000 >&2; for i in $(seq 3001 3060); do echo $i; echo e$i >&2; sleep 0.02; done";
  await client.run({ name: "foo", command: "/bin/sh", args: ["-c", script], output: "split" });
  const texts = { stdout: "", stderr: "" };
  let chunks = 0;
  for await (const { output, stream = "stdout" } of client.streamLogs({ name: "foo", tailLines: 500 })) {
    texts[stream] += Buffer.from(output).toString();
    if (++chunks % 10 === 0) way.cut();
  }
  client.close();
  const numbers = { stdout: texts.stdout.match(/\d+/g), stderr: texts.stderr.match(/\d+/g) };
  for (const found of Object.values(numbers)) {
    // From whichever line it began: none is missing, none comes twice.
    expect(found?.map(Number)).toEqual(Array.from(found ?? [], (_, index) => Number(found?.[0]) + index));
    expect(found?.at(-1)).toBe("3060");
  }
  expect(chunks).toBeGreaterThan(20);
});

test("a stream that nobody reads pauses the agent, and goes on when it is read", async () => {
  await using agent = await startAgent();
  using way = await proxyTo(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  await client.run(lines(1_500_000));
  const { logBytes } = await client.wait({ name: "big" });
  const before = way.passed();
  const stream = client.streamLogs({ name: "big" });
  const first = await stream.next();
  let last = -1;
  await until(async () => {
    const quiet = way.passed() === last;
    last = way.passed();
    await Bun.sleep(100);
    return quiet;
  }, "the agent has paused");
  expect(logBytes).toBeGreaterThan(70_000_000);
  expect(way.passed() - before).toBeLessThan(20_000_000);
  const taken = first.value?.output.length ?? 0;
  expect((await join(stream, taken)).length).toBe(logBytes - taken);
  client.close();
}, 30_000);

test("the watchdog cuts a stream that nobody reads, and the client resumes it", async () => {
  await using agent = await startAgent({ stalledAfterMs: 200 });
  using client = await agent.client();
  await client.run(lines(1_000_000));
  const { logBytes } = await client.wait({ name: "big" });
  const stream = client.streamLogs({ name: "big" });
  const first = await stream.next();
  await until(
    () => agent.logged.some((line) => line.includes("has read nothing for 200 ms")),
    "the watchdog bites",
  );
  const taken = first.value?.output.length ?? 0;
  expect((await join(stream, taken)).length).toBe(logBytes - taken);
}, 30_000);

test("a stream that nobody reads holds up neither calls nor other streams", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run(lines(400_000));
  const { logBytes } = await client.wait({ name: "big" });
  const unread = [client.streamLogs({ name: "big" }), client.streamLogs({ name: "big" })];
  for (const stream of unread) await stream.next();
  expect((await join(client.streamLogs({ name: "big" }))).length).toBe(logBytes);
  expect((await client.get({ name: "big" })).logBytes).toBe(logBytes);
  for (const stream of unread) await stream.return();
});

test("calls and streams one after the other share a connection, and closing the client closes all", async () => {
  await using agent = await startAgent();
  using way = await proxyTo(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  await client.run({ name: "foo", command: "echo", args: ["x"] });
  expect((await join(client.streamLogs({ name: "foo" }))).toString()).toBe("x\n");
  await client.get({ name: "foo" });
  expect(way.connections()).toBe(1);
  for await (const _ of client.streamLogs({ name: "foo" })) break;
  await until(() => way.connections() === 0, "the connection of the stream that was left is closed");
  await client.get({ name: "foo" });
  expect(way.connections()).toBe(1);
  client.close();
  await until(() => way.connections() === 0, "the client's connection is closed");
});

test("leaving a stream ends it at the agent, which then holds no file of it", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const { id } = await client.run({ name: "foo", command: "/bin/sh", args: ["-c", "echo x; exec sleep 60"] });
  const { readdirSync, readlinkSync } = await import("node:fs");
  const openLogs = () =>
    readdirSync("/proc/self/fd").filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).includes(id);
      } catch {
        return false;
      }
    }).length;
  const before = openLogs();
  for await (const _ of client.streamLogs({ name: "foo" })) {
    expect(openLogs()).toBeGreaterThan(before);
    break;
  }
  await until(() => openLogs() === before, "the log is closed again");
});

test("a job of the same name is not taken for the one that was followed", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run({ name: "foo", command: "true" });
  const error = await errorOf(client.streamLogs({ name: "foo", jobId: "another" }).next());
  expect(error.code).toBe("JOB_NOT_FOUND");
});

test("output is packed on its way when that was asked for or is worth it, and is the same", async () => {
  await using agent = await startAgent();
  using way = await proxyTo(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  await client.run(lines(40_000));
  const { logBytes } = await client.wait({ name: "big" });
  const transferred = async (options: { compress?: boolean }) => {
    const before = way.passed();
    const whole = await join(client.streamLogs({ name: "big" }, options));
    return { whole, bytes: way.passed() - before };
  };
  const packed = await transferred({ compress: true });
  const plain = await transferred({ compress: false });
  expect(plain.whole.length).toBe(logBytes);
  expect(packed.whole.equals(plain.whole)).toBe(true);
  expect(plain.bytes).toBeGreaterThan(logBytes);
  expect(packed.bytes).toBeLessThan(logBytes / 3);
  // The proxy is at a loopback address.
  expect((await transferred({})).bytes).toBeGreaterThan(logBytes);
  client.close();
}, 30_000);

test("a packed stream that is cut again and again loses and repeats no byte", async () => {
  await using agent = await startAgent();
  using way = await proxyTo(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  await client.run(lines(400_000));
  const { logBytes } = await client.wait({ name: "big" });
  let cuts = 0;
  let nextCut = 2_000_000;
  async function* disturbed() {
    for await (const chunk of client.streamLogs({ name: "big" }, { compress: true })) {
      yield chunk;
      if (chunk.offset < nextCut) continue;
      nextCut = chunk.offset + 4_000_000;
      cuts++;
      way.cut();
    }
  }
  const whole = await join(disturbed());
  expect(cuts).toBeGreaterThan(2);
  expect(whole.length).toBe(logBytes);
  client.close();
}, 30_000);

test("the agent sends a quarter of a megabyte ahead of its client's word: few words a second come over a long way", async () => {
  await using agent = await startAgent();
  using way = await proxyTo(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  await client.run(lines(40_000));
  await client.wait({ name: "big" });
  const before = way.passed();
  way.mute();
  const reading = join(client.streamLogs({ name: "big" })).catch(() => "cut");
  await until(() => way.passed() - before > 200_000, "the agent has filled the client's window");
  client.close();
  await reading;
}, 30_000);
