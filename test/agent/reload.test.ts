import { expect, test } from "bun:test";
import { type AgentPolicy, loadPolicy } from "../../src/agent/config.ts";
import { reload } from "../../src/agent/reload.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";

const around = { env: {}, isRoot: false };
const policy = loadPolicy({}, around);

test("what can change does, and what the agent stands on is told to need a restart", () => {
  const wanted: AgentPolicy = {
    ...loadPolicy({ listen: "127.0.0.1:7", stateDir: "/elsewhere", ca: "/other/ca.pem" }, around),
    ...{ onShutdown: "keep", logLevel: "debug", globalTimeoutMs: 60_000, retention: { failedMs: 1 } },
  };
  const { policy: after, changed, needRestart } = reload(policy, wanted);
  expect(changed).toEqual(["retention", "timeout", "on-shutdown", "log-level"]);
  expect(needRestart).toEqual(["listen", "state-dir", "ca, cert, key, key-passphrase-file, crl, stale-crl"]);
  expect(after).toEqual({
    ...policy,
    ...{ onShutdown: "keep", logLevel: "debug", globalTimeoutMs: 60_000, retention: { failedMs: 1 } },
  });
});

test("settings that say the same change nothing", () => {
  expect(reload(policy, loadPolicy({}, around))).toEqual({ policy, changed: [], needRestart: [] });
});

test("limits that have changed hold for jobs that start from then on", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const limitOf = async (name: string) => {
    await client.run({ name, command: "/bin/sh", args: ["-c", "ulimit -n"] });
    let output = "";
    for await (const chunk of client.streamLogs({ name })) output += Buffer.from(chunk.output).toString();
    return output;
  };
  expect(await limitOf("before")).not.toBe("123\n");
  const { changed } = await agent.reload({ limits: { defaults: { openFiles: 123 } } });
  expect(changed).toEqual(["limits"]);
  expect(await limitOf("after")).toBe("123\n");
});

test("limits for all jobs that the host cannot enforce are complained of, as they keep every job from starting", async () => {
  const complaint = "no job can be started: limits that the settings have for all jobs cannot be enforced";
  const complaints = ({ logged }: { readonly logged: readonly string[] }) =>
    logged.filter((line) => line.includes(complaint)).length;
  const limits = { caps: { memoryBytes: 2 ** 30 } };
  await using agent = await startAgent({ cgroup: { mode: "off" }, limits });
  expect(complaints(agent)).toBe(1);
  using client = await agent.client();
  const { code, hint } = await errorOf(client.run({ name: "any", command: "true" }));
  expect(code).toBe("HOST_UNSUPPORTED");
  expect(hint).toContain("unless the agent has them for all jobs");
  await agent.reload({ limits: { defaults: { openFiles: 123 } } });
  expect(complaints(agent)).toBe(1);
  await agent.reload({ limits });
  expect(complaints(agent)).toBe(2);
});

test("settings that no service would open with change nothing", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const wrong = { limits: { defaults: { openFiles: 1 } }, sharedAccount: false };
  expect((await errorOf(agent.reload(wrong))).message).toContain("defaults.openFiles");
  const { changed } = await agent.reload({});
  expect(changed).toEqual([]);
  expect((await client.list()).jobs).toEqual([]);
});
