/**
 * Nothing a client sends can crash the agent, or make it leak. Repeat a run with LPR_FUZZ_SEED.
 */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { type AgentProcess, spawnAgent } from "../helpers/agent-process.ts";
import { testCerts } from "../helpers/certs.ts";
import { attacks, QUIET_JOB } from "../helpers/fuzz-attacks.ts";
import { randomFrom } from "../helpers/random.ts";
import { until } from "../helpers/until.ts";

const ATTACKS = 400;
const AT_ONCE = 12;

/** What a process holds that it could leak. */
function heldBy(pid: number) {
  const fds = readdirSync(`/proc/${pid}/fd`);
  const watches = fds.flatMap((fd) => readProc(`/proc/${pid}/fdinfo/${fd}`).match(/^inotify /gm) ?? []);
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) =>
    readProc(`/proc/${pid}/task/${task}/children`).split(" ").filter(Boolean),
  );
  return { fds: fds.length, watches: watches.length, children: children.length };
}

/** Files of a process come and go. */
function readProc(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** One job from start to end, with its output. */
async function useProperly(agent: AgentProcess, name: string): Promise<string> {
  using client = await agent.client();
  await client.run({ name, command: "/bin/sh", args: ["-c", "echo served; exit 3"] });
  const chunks = await Array.fromAsync(client.streamLogs({ name }));
  const { state } = await client.wait({ name });
  return `${Buffer.concat(chunks.map((c) => c.output))}${"exitCode" in state && state.exitCode}`;
}

async function stopEverything(agent: AgentProcess): Promise<void> {
  using client = await agent.client();
  await until(async () => {
    const { jobs } = await client.list({ statuses: ["RUNNING"] });
    await Promise.all(jobs.map(({ name, id }) => client.stop({ name, jobId: id, gracePeriodMs: 0 })));
    return jobs.length === 0;
  }, "no job runs");
}

test("an agent that was fed garbage, cancelled and cut off serves as before and has leaked nothing", async () => {
  const seed = Number(process.env["LPR_FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
  console.log(`LPR_FUZZ_SEED=${seed}`);
  await using agent = await spawnAgent();
  // Of its certificates: it follows nobody yet.
  const { watches } = heldBy(agent.pid);
  expect(await useProperly(agent, "before")).toBe("served\n3");
  const before = await until(() => {
    const held = heldBy(agent.pid);
    return held.children === 0 && held.watches === watches ? held : undefined;
  }, "the agent is at rest");

  using client = await agent.client();
  await client.run({ name: QUIET_JOB, command: "/bin/sleep", args: ["600"] });
  const certs = await testCerts();
  const owner = await certs.client({ tenant: "mallory", role: "admin" });
  await using stack = new AsyncDisposableStack();
  const repertoire = stack.use(await attacks({ port: agent.port, ca: certs.ca.cert, ...owner }));
  let left = ATTACKS;
  const attackers = Array.from({ length: AT_ONCE }, async (_, i) => {
    const random = randomFrom(seed + i);
    while (left-- > 0) await random.pick(repertoire.all)(random);
  });
  await Promise.all(attackers);
  await stack.disposeAsync();

  await until(() => heldBy(agent.pid).watches === watches, "nobody follows a job any more");
  expect((await client.get({ name: QUIET_JOB })).state.status).toBe("RUNNING");
  await stopEverything(agent);
  expect(await useProperly(agent, "after")).toBe("served\n3");
  // A few more than before: Bun's own pools grow to their size under load.
  await until(
    () => {
      const held = heldBy(agent.pid);
      return held.children === 0 && held.watches === watches && held.fds <= before.fds + 4;
    },
    `the agent holds again what it held before (${JSON.stringify(before)}, now ${JSON.stringify(heldBy(agent.pid))})`,
  );
  expect(agent.log()).not.toMatch(/\[error\]|defect|reported to the caller/);
});
