import { afterAll, beforeAll, expect, test } from "bun:test";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { atTerminal } from "./at-terminal.ts";

const ERASE = "\r\u001b[K";
let agent: TestAgent;
let who: string[];
beforeAll(async () => {
  agent = await startAgent();
  const { combinedPath } = await (await testCerts()).client({ tenant: "alice" });
  who = ["--address", agent.address, "--cert", combinedPath];
});
afterAll(() => agent[Symbol.asyncDispose]());

test("what takes long is told in a line that is gone when it is over, and not with --quiet", async () => {
  using dir = tempDir();
  using client = await agent.client("alice", "user");
  await client.run({ name: "slow", command: "sleep", args: ["100"] });
  const quiet = atTerminal(dir.path, "job", "wait", "slow", "-q", ...who);
  const told = atTerminal(dir.path, "job", "wait", "slow", ...who);
  await told.answer("waiting for slow to end, ", "");
  await client.stop({ name: "slow" });
  expect(await told.exitCode()).toBe(143);
  const end = "slow: FAILED, exit code 143 (stopped by alice, SIGTERM)\r\n";
  expect(told.screen()).toEndWith(`${ERASE}${end}`);
  expect(await quiet.exitCode()).toBe(143);
  expect(quiet.screen()).toBe(end);
});

test("several are told in one line, and each result stands in a line of its own", async () => {
  using dir = tempDir();
  using client = await agent.client("alice", "user");
  const onTerm = { one: "sleep 2; exit 0", two: "" };
  for (const [name, trap] of Object.entries(onTerm)) {
    const script = `trap "${trap}" TERM; echo up; while :; do sleep 0.05; done`;
    await client.run({ name, command: "/bin/sh", args: ["-c", script] });
    // Until it has set its trap SIGTERM would end it.
    for await (const { output } of client.streamLogs({ name })) if (output.length > 0) break;
  }
  const stop = atTerminal(dir.path, "job", "stop", "one", "two", "--grace-period", "5s", ...who);
  await stop.answer(" and 1 more", "");
  expect(await stop.exitCode()).toBe(0);
  const results = stop
    .screen()
    .split(ERASE)
    .filter((piece) => piece.endsWith("\n"));
  expect(results.join("")).toBe(
    "one: SUCCEEDED, exit code 0 (stopped by alice)\r\ntwo: FAILED, exit code 137 (stopped by alice, SIGKILL)\r\n",
  );
});

test.each([
  ["list", "listing jobs"],
  ["stats", "asking the agent"],
  ["watch", "asking the agent"],
] as const)(
  "lpr job %s tells that it waits for the agent, and leaves nothing of that behind",
  async (verb, told) => {
    using dir = tempDir();
    using silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
    const where = ["--address", `localhost:${silent.port}`, ...who.slice(2)];
    const asking = atTerminal(dir.path, "job", verb, ...where);
    await asking.answer(told, "\u0003");
    expect(await asking.exitCode()).toBe(130);
    expect(asking.screen()).toEndWith(`${ERASE}\r\n`);
  },
);

test("Ctrl-C before the agent was asked to stop anything says that nothing was stopped", async () => {
  using dir = tempDir();
  using silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const where = ["--address", `localhost:${silent.port}`, ...who.slice(2)];
  const stop = atTerminal(dir.path, "job", "stop", "web", ...where);
  await stop.answer("asking the agent", "\u0003");
  expect(await stop.exitCode()).toBe(130);
  expect(stop.screen()).toEndWith("lpr: nothing was stopped\r\n");
});

test("Ctrl-C while a job is stopped says that the agent goes on", async () => {
  using dir = tempDir();
  using client = await agent.client("alice", "user");
  const script = 'trap "" TERM; echo up; while :; do sleep 0.05; done';
  await client.run({ name: "stubborn", command: "/bin/sh", args: ["-c", script] });
  for await (const { output } of client.streamLogs({ name: "stubborn" })) if (output.length > 0) break;
  const stop = atTerminal(dir.path, "job", "stop", "stubborn", ...who);
  await stop.answer("stopping stubborn", "\u0003");
  expect(await stop.exitCode()).toBe(130);
  expect(stop.screen()).toEndWith("lpr: the agent goes on stopping what it was asked to\r\n");
});

test("Ctrl-C while waiting erases the line, says that the job goes on, and ends with 130", async () => {
  using dir = tempDir();
  using client = await agent.client("alice", "user");
  await client.run({ name: "goes-on", command: "sleep", args: ["100"] });
  const wait = atTerminal(dir.path, "job", "wait", "goes-on", ...who);
  await wait.answer("waiting for goes-on to end", "\u0003");
  expect(await wait.exitCode()).toBe(130);
  expect(wait.screen()).toContain(`${ERASE}\r\nlpr: job goes-on keeps running: lpr job logs goes-on`);
  expect((await client.get({ name: "goes-on" })).state.status).toBe("RUNNING");
});
