import { expect, test } from "bun:test";
import type { Client } from "../../src/client/index.ts";
import { spawnAgent } from "../helpers/agent-process.ts";
import { errorOf } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

/** Says "ready", and "bye" when it is asked to end. */
const polite = "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done";
/** Cannot be asked. */
const stubborn = "trap '' TERM; echo ready; while :; do sleep 0.05; done";

/** Follows a job in the background, from the moment it has said "ready". */
async function follow(client: Client, name: string, script: string): Promise<{ rest: Promise<string> }> {
  await client.run({ name, command: "/bin/sh", args: ["-c", script] });
  const stream = client.streamLogs({ name });
  const first = await stream.next();
  expect(Buffer.from(first.value?.output ?? []).toString()).toBe("ready\n");
  const rest = Array.fromAsync(stream).then((chunks) =>
    Buffer.concat(chunks.map((c) => c.output)).toString(),
  );
  // Whoever awaits it sees the error.
  rest.catch(() => undefined);
  return { rest };
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s stops jobs gracefully, their followers read to the last byte, and the agent exits 0",
  async (signal) => {
    await using agent = await spawnAgent();
    using client = await agent.client();
    const { rest } = await follow(client, "polite", polite);
    agent.kill(signal);
    expect(await rest).toBe("bye\n");
    expect(await agent.exited).toBe(0);
    expect(agent.log()).not.toContain("[error]");
  },
);

test("a reader that is slow still gets all of a job's output while the agent shuts down", async () => {
  await using agent = await spawnAgent();
  using client = await agent.client();
  await client.run({ name: "big", command: "/bin/sh", args: ["-c", "seq 3000000"] });
  const { logBytes } = await client.wait({ name: "big" });
  let bytes = 0;
  for await (const { output } of client.streamLogs({ name: "big" })) {
    if (bytes === 0) agent.kill("SIGTERM");
    bytes += output.length;
  }
  expect(bytes).toBe(logBytes);
  expect(await agent.exited).toBe(0);
});

test("an agent that is told to end as soon as it says that it serves stops the jobs it has adopted", async () => {
  await using agent = await spawnAgent();
  using client = await agent.client();
  const { rest } = await follow(client, "polite", polite);
  agent.kill("SIGKILL");
  await agent.exited;
  await agent.startAgain();
  agent.kill("SIGTERM");
  expect(await agent.exited).toBe(0);
  await agent.startAgain();
  expect((await client.get({ name: "polite" })).state).toMatchObject({ reason: "STOPPED", exitCode: 5 });
  await rest.catch(() => undefined);
});

test("while it shuts down an agent starts no job, and a second signal kills those that are left", async () => {
  await using agent = await spawnAgent();
  using client = await agent.client();
  const { rest } = await follow(client, "stubborn", stubborn);
  agent.kill("SIGTERM");
  await until(() => agent.log().includes("stopping jobs"), "the agent has begun to shut down");
  expect((await errorOf(client.run({ name: "late", command: "true" }))).code).toBe("UNAVAILABLE");
  expect((await client.get({ name: "stubborn" })).state.status).toBe("RUNNING");
  agent.kill("SIGTERM");
  expect(await agent.exited).toBe(0);
  expect(await rest).toBe("");
});

test("signals that go on until the agent is gone do not keep it from going", async () => {
  await using agent = await spawnAgent();
  using client = await agent.client();
  const { rest } = await follow(client, "stubborn", stubborn);
  let exited = false;
  const exit = agent.exited.finally(() => {
    exited = true;
  });
  // Every few milliseconds.
  await until(() => {
    if (!exited) agent.kill("SIGTERM");
    return exited;
  }, "the agent has ended");
  expect(await exit).toBe(0);
  expect(await rest).toBe("");
});

test("an agent that cannot listen says so and leaves nothing behind", async () => {
  await using agent = await spawnAgent();
  const { startAgent } = await import("../helpers/agent.ts");
  const error = await errorOf(startAgent({ listen: [{ host: "127.0.0.1", port: agent.port }] }));
  expect(error.message).toContain(`cannot listen on 127.0.0.1:${agent.port}`);
  expect(error.hint).toContain("--listen");
});
