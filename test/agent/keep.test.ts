import { expect, test } from "bun:test";
import { JobService } from "../../src/job/index.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";
import { tempDir } from "../helpers/temp-dir.ts";

test("on shutdown, keep leaves jobs to the next agent and sends their followers there", async () => {
  using dir = tempDir();
  const stateDir = dir.join("state");
  const agent = await startAgent({ onShutdown: "keep", stateDir, cgroup: { mode: "off" } });
  using client = await agent.client();
  const script = `echo first; while [ ! -e ${dir.path}/go ]; do sleep 0.01; done; echo last; exit 3`;
  await client.run({ name: "kept", command: "/bin/sh", args: ["-c", script] });
  const waiting = errorOf(client.wait({ name: "kept" }));
  await agent[Symbol.asyncDispose]();
  expect(await waiting).toMatchObject({ code: "UNAVAILABLE" });
  await using next = await JobService.open({ stateDir, cgroup: { mode: "off" } });
  expect((await next.get({ name: "kept" })).state.status).toBe("RUNNING");
  await Bun.write(dir.join("go"), "");
  expect((await next.wait({ name: "kept" })).state).toMatchObject({ reason: "EXITED", exitCode: 3 });
});

test("when the host goes down, jobs are stopped gracefully even with keep", async () => {
  using dir = tempDir();
  const stateDir = dir.join("state");
  const cgroup = { mode: "off" } as const;
  const agent = await startAgent({ onShutdown: "keep", hostGoesDown: () => true, stateDir, cgroup });
  using client = await agent.client();
  const script = "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.01; done";
  await client.run({ name: "polite", command: "/bin/sh", args: ["-c", script] });
  const stream = client.streamLogs({ name: "polite" });
  expect(Buffer.from((await stream.next()).value?.output ?? []).toString()).toBe("ready\n");
  const [rest] = await Promise.all([Array.fromAsync(stream), agent.shutdown()]);
  expect(Buffer.concat(rest.map(({ output }) => output)).toString()).toBe("bye\n");
  expect(agent.logged.join("\n")).toContain("the host goes down: stopping jobs");
  await using next = await JobService.open({ stateDir, cgroup });
  expect((await next.get({ name: "polite" })).state).toMatchObject({ reason: "STOPPED", exitCode: 5 });
  await agent[Symbol.asyncDispose]();
});

test("limits of the agent hold for the jobs of its clients", async () => {
  await using agent = await startAgent({ limits: { defaults: { openFiles: 99 }, caps: { openFiles: 200 } } });
  using client = await agent.client();
  await client.run({ name: "default", command: "true" });
  expect((await client.get({ name: "default" })).limits).toEqual({ openFiles: 99 });
  const tooMuch = client.run({ name: "more", command: "true", limits: { openFiles: 201 } });
  expect(await errorOf(tooMuch)).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("at most 200"),
  });
});

test("streams that never end by themselves do not hold up a shutdown", async () => {
  const agent = await startAgent();
  using client = await agent.client();
  const live = Promise.withResolvers<unknown>();
  const events = client.watch({}, { onLive: live.resolve });
  const samples = client.stats({ intervalMs: 3_600_000 });
  const watching = errorOf(events.next());
  await Promise.all([live.promise, samples.next()]);
  const sampling = samples.next();
  await agent[Symbol.asyncDispose]();
  // Told by the agent itself: the connection was not cut when the time to end was up.
  expect(await watching).toMatchObject({ code: "UNAVAILABLE", message: "the agent is stopping" });
  expect(await sampling).toMatchObject({ done: true });
});
