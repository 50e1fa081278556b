/**
 * Whoever writes, however it is read, and whatever is cut and killed meanwhile: every reader gets every byte once.
 * LPR_FUZZ_SEED repeats a run, LPR_FUZZ_SECONDS makes it longer.
 */
import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { copyLogs, waitForEnd } from "../../src/cli/follow.ts";
import { type Client, connect } from "../../src/client/index.ts";
import type { JobSelector, LogChunk, RunInput } from "../../src/job/types.ts";
import { LogProgress } from "../../src/rpc/log-progress.ts";
import { openProxy, type Proxy as Way } from "../cli/proxy.ts";
import { type AgentProcess, spawnAgent } from "../helpers/agent-process.ts";
import { testCerts } from "../helpers/certs.ts";
import { type Random, randomFrom } from "../helpers/random.ts";

const SECONDS = Number(process.env["LPR_FUZZ_SECONDS"] ?? 8);
const TIMEOUT_MS = SECONDS * 1000 + 180_000;

type Output = Pick<RunInput, "args" | "output" | "maxLogBytes">;
const sh = (script: string, more: Partial<Output> = {}): Output => ({ args: ["-c", script], ...more });

/** What a job writes, and how. */
const WRITERS: readonly ((random: Random) => Output)[] = [
  // At full speed, in blocks of the C library.
  (random) => sh(`seq 100000000 | head -c ${1 + random.int(30_000_000)}`),
  // Bytes that are no text.
  (random) => sh(`head -c ${1 + random.int(5_000_000)} /dev/urandom`),
  // A line each millisecond or so, each written by itself.
  (random) =>
    sh(`i=0; while [ $i -lt ${random.int(800)} ]; do i=$((i+1)); echo "line $i äöü"; sleep 0.001; done`),
  // Bursts with pauses between them.
  (random) => sh(`for n in 1 2 3 4 5; do seq $n ${1 + random.int(60_000)}; sleep 0.${random.int(4)}; done`),
  // Both outputs at a time, each in a log of its own.
  (random) =>
    sh(`seq ${1 + random.int(200_000)} & seq -f 'error %g' ${1 + random.int(100_000)} >&2; wait`, {
      output: "split",
    }),
  // Nothing at all.
  () => sh("exit 0"),
];

/** What a reader got of each log. */
class Received {
  readonly #logs = new Map<string, { hash: ReturnType<typeof createHash>; bytes: number }>();

  add({ stream: which, offset, output, discardedBytes, truncated }: LogChunk): void {
    const stream = which ?? "output";
    const log = this.#logs.get(stream) ?? { hash: createHash("sha256"), bytes: 0 };
    if (offset !== log.bytes || discardedBytes !== undefined || truncated) {
      throw new Error(`byte ${offset} of ${stream} follows byte ${log.bytes}`);
    }
    log.hash.update(output);
    log.bytes += output.length;
    if (log.bytes > 0) this.#logs.set(stream, log);
  }

  summary(): Record<string, string> {
    const logs = [...this.#logs].sort(([a], [b]) => a.localeCompare(b));
    return Object.fromEntries(
      logs.map(([name, { hash, bytes }]) => [name, `${bytes} ${hash.digest("hex")}`]),
    );
  }
}

/** What lies on the disk, in the same words. */
function written(stateDir: string, id: string, output: RunInput["output"]): Record<string, string> {
  const names = output === "split" ? ["stderr", "stdout"] : ["output"];
  const logs = names.map((name) => [name, readFileSync(join(stateDir, "jobs", id, `${name}.log`))] as const);
  return Object.fromEntries(
    logs
      .filter(([, bytes]) => bytes.length > 0)
      .map(([name, bytes]) => [name, `${bytes.length} ${createHash("sha256").update(bytes).digest("hex")}`]),
  );
}

/** A reader with habits of its own: quick, slow, one that stops for a while, one that begins anew where it was. */
async function read(
  client: Client,
  job: Required<JobSelector>,
  random: Random,
): Promise<Record<string, string>> {
  const received = new Received();
  const progress = new LogProgress(job);
  const isSlow = random.chance(0.3);
  const rests = random.chance(0.3);
  const turns = random.chance(0.3);
  const compress = random.chance(0.5);
  for (let finished = false; !finished; ) {
    const leave = new AbortController();
    const write = async (chunk: LogChunk) => {
      received.add(chunk);
      progress.add(chunk);
      if (isSlow) await Bun.sleep(random.int(3));
      if (rests && random.chance(0.005)) await Bun.sleep(random.int(1_500));
      if (turns && random.chance(0.01)) leave.abort();
    };
    const options = { signal: leave.signal, note: () => undefined, write, compress, patienceMs: 120_000 };
    finished = await copyLogs(client, progress.rest(), options).then(
      () => true,
      (error) => {
        if (leave.signal.aborted) return false;
        throw error;
      },
    );
  }
  return received.summary();
}

/** Cuts connections and kills agents until it is told to stop. */
async function disturb(agent: AgentProcess, way: Way, random: Random, over: AbortSignal) {
  const counts = { cuts: 0, kills: 0 };
  while (!over.aborted) {
    await Bun.sleep(100 + random.int(900));
    if (random.chance(0.75)) {
      way.cut();
      counts.cuts++;
    } else {
      agent.kill("SIGKILL");
      await agent.exited;
      await agent.startAgain();
      counts.kills++;
    }
  }
  return counts;
}

test(
  "random writers, readers, cuts and kills: what each reader got is what was written",
  async () => {
    const seed = Number(process.env["LPR_FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
    console.log(`LPR_FUZZ_SEED=${seed}`);
    const random = randomFrom(seed);
    await using agent = await spawnAgent("keep");
    await using way = await openProxy(agent.port);
    const certs = await testCerts();
    const { cert, key } = await certs.client({ tenant: "root", role: "admin" });
    const client = connect({ address: way.address, ca: certs.ca.cert, cert, key });
    const over = new AbortController();
    const disturbance = disturb(agent, way, randomFrom(seed + 1), over.signal);
    disturbance.catch(() => undefined);
    const counts = { jobs: 0, readers: 0 };
    try {
      for (const endAt = Date.now() + SECONDS * 1000; Date.now() < endAt; ) {
        const writer = random.pick(WRITERS)(random);
        const name = `writer-${counts.jobs++}`;
        const { id } = await started(client, { name, command: "/bin/sh", requestId: name, ...writer });
        const readers = Array.from({ length: 1 + random.int(4) }, (_, i) =>
          read(client, { name, jobId: id }, randomFrom(seed + counts.jobs * 100 + i)),
        );
        counts.readers += readers.length;
        const got = await Promise.all(readers);
        const quietly = { signal: new AbortController().signal, note: () => undefined, patienceMs: 120_000 };
        await waitForEnd(client, { name, jobId: id }, quietly);
        const expected = written(agent.stateDir, id, writer.output);
        expect({ name, writer, got }).toEqual({ name, writer, got: readers.map(() => expected) });
      }
    } finally {
      over.abort();
      Object.assign(counts, await disturbance);
      client.close();
    }
    console.log(`${JSON.stringify(counts)}, no difference`);
    expect(counts.jobs).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

/** A run that a cut or a kill hits is sent again: its request id makes it happen once. */
async function started(client: Client, input: RunInput) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.run(input);
    } catch (error) {
      if (attempt === 100) throw error;
      await Bun.sleep(100);
    }
  }
}
