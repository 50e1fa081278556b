/** An agent that is killed in the middle of everything, and started again: its clients notice nothing but time. */
import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitForEnd } from "../../src/cli/follow.ts";
import type { Client } from "../../src/client/index.ts";
import { type AgentProcess, spawnAgent } from "../helpers/agent-process.ts";
import { testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

const sh = (name: string, script: string) => ({ name, command: "/bin/sh", args: ["-c", script] });
const untilFile = (path: string) => `while [ ! -e ${path} ]; do sleep 0.01; done`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
/** What seq(1) prints. */
const seq = (last: number) => `${Array.from({ length: last }, (_, i) => i + 1).join("\n")}\n`;

async function killHard(agent: AgentProcess): Promise<void> {
  agent.kill("SIGKILL");
  expect(await agent.exited).toBe(137);
}

/** Reads a job's output to its end; `gate` holds it up after so many bytes. */
function follow(
  client: Client,
  name: string,
  gate?: { readonly after: number; readonly open: Promise<void> },
) {
  const hash = createHash("sha256");
  const progress = { bytes: 0, lines: 0 };
  const read = async () => {
    for await (const { offset, output } of client.streamLogs({ name })) {
      if (offset !== progress.bytes) throw new Error(`byte ${offset} follows byte ${progress.bytes}`);
      hash.update(output);
      progress.bytes += output.length;
      progress.lines += output.filter((byte) => byte === 10).length;
      if (gate && progress.bytes >= gate.after) await gate.open;
    }
    return { bytes: progress.bytes, sha256: hash.digest("hex") };
  };
  const whole = read();
  // Whoever awaits it sees the error.
  whole.catch(() => undefined);
  return { progress, whole };
}

/** A command line of an admin, with its output as it comes. */
async function beginLpr(agent: AgentProcess, ...argv: string[]) {
  const certs = await testCerts();
  const { combinedPath } = await certs.client({ tenant: "root", role: "admin" });
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../../src/main.ts"), ...argv], {
    cwd: "/",
    env: { LPR_ADDRESS: `localhost:${agent.port}`, LPR_CERT: combinedPath },
    ...{ stdin: "ignore", stdout: "pipe", stderr: "pipe" },
  });
  return {
    ...{ exited: child.exited, stdout: textOf(child.stdout), stderr: textOf(child.stderr) },
    [Symbol.dispose]: () => child.kill("SIGKILL"),
  };
}

/** What a stream has brought so far. */
function textOf(stream: ReadableStream<Uint8Array>) {
  const text = { sofar: "" };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const piece of stream) text.sofar += decoder.decode(piece, { stream: true });
    return text.sofar;
  };
  return Object.assign(text, { whole: read() });
}

test("a job that writes at full speed while its agent is killed is followed byte for byte", async () => {
  using dir = tempDir();
  await using agent = await spawnAgent();
  using client = await agent.client();
  // Half of the output while somebody reads it, half while there is no agent.
  const script = `seq 1500000; ${untilFile(dir.join("go"))}; seq 1500000`;
  await client.run(sh("fast", script));
  const dead = Promise.withResolvers<void>();
  const { progress, whole } = follow(client, "fast", { after: 1_000_000, open: dead.promise });
  await until(() => progress.bytes >= 1_000_000, "the follower is in the middle of the output");
  await killHard(agent);
  writeFileSync(dir.join("go"), "");
  dead.resolve();
  await agent.startAgain();
  const expected = seq(1_500_000).repeat(2);
  expect(await whole).toEqual({ bytes: expected.length, sha256: sha256(expected) });
  expect((await client.wait({ name: "fast" })).state).toMatchObject({ status: "SUCCEEDED", exitCode: 0 });
});

test("a job that writes all the time is followed byte for byte over one killed agent after another", async () => {
  using dir = tempDir();
  await using agent = await spawnAgent();
  using client = await agent.client();
  // Runs until the last agent is there, however long that takes.
  const pause = `[ $i -ne 590 ] || ${untilFile(dir.join("go"))}`;
  const script = `i=0; while [ $i -lt 600 ]; do i=$((i+1)); echo $i; ${pause}; sleep 0.005; done; exit 4`;
  await client.run(sh("slow", script));
  const { progress, whole } = follow(client, "slow");
  for (const line of [30, 130, 230]) {
    await until(() => progress.lines >= line, `the follower has read line ${line}`);
    await killHard(agent);
    await agent.startAgain();
    expect((await client.get({ name: "slow" })).state.status).toBe("RUNNING");
  }
  writeFileSync(dir.join("go"), "");
  expect(await whole).toEqual({ bytes: seq(600).length, sha256: sha256(seq(600)) });
  expect((await client.wait({ name: "slow" })).state).toMatchObject({ status: "FAILED", exitCode: 4 });
});

test("lpr job run --follow prints all of the output and exits as its job, also when the agent is killed on the way", async () => {
  using dir = tempDir();
  await using agent = await spawnAgent();
  const script = `echo first; ${untilFile(dir.join("go"))}; echo last; exit 3`;
  using lpr = await beginLpr(agent, "job", "run", "foo", "--follow", "--", "/bin/sh", "-c", script);
  await until(() => lpr.stdout.sofar.includes("first\n"), "the job's output is followed");
  await killHard(agent);
  await agent.startAgain();
  writeFileSync(dir.join("go"), "");
  expect(await lpr.exited).toBe(3);
  expect(await lpr.stdout.whole).toBe("first\nlast\n");
  expect(await lpr.stderr.whole).toContain("exit code 3");
});

test("a wait begun before the agent is killed is answered by the next one with the job's end", async () => {
  using dir = tempDir();
  await using agent = await spawnAgent();
  using client = await agent.client();
  const { name, id } = await client.run(sh("foo", `${untilFile(dir.join("go"))}; exit 5`));
  const notes: string[] = [];
  const { signal } = new AbortController();
  // What `lpr job wait` does once it knows the job.
  const waiting = waitForEnd(client, { name, jobId: id }, { signal, note: (text) => notes.push(text) });
  // On the same connection, so that the agent has got the wait when it answers this.
  await client.get({ name });
  expect(notes).toEqual([]);
  await killHard(agent);
  await until(() => notes.length > 0, "the wait has lost its agent");
  await agent.startAgain();
  writeFileSync(dir.join("go"), "");
  expect((await waiting).state).toMatchObject({ status: "FAILED", reason: "EXITED", exitCode: 5 });
  expect(notes).toEqual([expect.stringContaining("lost the agent while waiting")]);
});

test("a job that ended while there was no agent is shown with its exit code", async () => {
  using dir = tempDir();
  await using agent = await spawnAgent();
  using client = await agent.client();
  const { id } = await client.run(sh("meanwhile", `${untilFile(dir.join("go"))}; echo last; exit 7`));
  await killHard(agent);
  writeFileSync(dir.join("go"), "");
  const record = join(agent.stateDir, "jobs", id, "exit");
  await until(() => readFileSync(record, "utf8").trim() === "7", "the supervisor has recorded the end");
  await agent.startAgain();
  await until(
    async () => (await client.get({ name: "meanwhile" })).state.status !== "RUNNING",
    "the agent has taken notice of the end",
  );
  expect(await client.get({ name: "meanwhile" })).toMatchObject({
    id,
    state: { status: "FAILED", reason: "EXITED", exitCode: 7 },
    logBytes: 5,
  });
  expect(await follow(client, "meanwhile").whole).toMatchObject({ sha256: sha256("last\n") });
});
