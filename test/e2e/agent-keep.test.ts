/** An agent that leaves its jobs to the next one: what an upgrade is. */
import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { waitForEnd } from "../../src/cli/follow.ts";
import { spawnAgent } from "../helpers/agent-process.ts";
import { until } from "../helpers/until.ts";

const sh = (name: string, script: string) => ({ name, command: "/bin/sh", args: ["-c", script] });
/** What seq(1) prints. */
const seq = (last: number) => `${Array.from({ length: last }, (_, i) => i + 1).join("\n")}\n`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("an upgrade under followers and waiters: SIGTERM with keep, then the next agent", async () => {
  await using agent = await spawnAgent("keep");
  using client = await agent.client();
  const script =
    "seq 200000; i=200000; while [ $i -lt 201000 ]; do i=$((i+1)); echo $i; sleep 0.002; done; exit 6";
  const { name, id } = await client.run(sh("upgraded", script));
  const hash = createHash("sha256");
  let position = 0;
  const following = (async () => {
    for await (const { offset, output } of client.streamLogs({ name })) {
      if (offset !== position) throw new Error(`byte ${offset} follows byte ${position}`);
      hash.update(output);
      position += output.length;
    }
    return { bytes: position, sha256: hash.digest("hex") };
  })();
  const { signal } = new AbortController();
  const waiting = waitForEnd(client, { name, jobId: id }, { signal, note: () => undefined });
  // Where something below fails, that is told, and not that the client was closed under these two.
  for (const pending of [following, waiting]) pending.catch(() => undefined);
  for (const seen of [200_050, 200_200]) {
    await until(() => position >= seq(seen).length, `the follower has read line ${seen}`);
    agent.kill("SIGTERM");
    expect(await agent.exited).toBe(0);
    expect(agent.log()).toContain("leaving jobs to the next agent");
    await agent.startAgain();
    expect(agent.log()).toContain("1 still running, 0 ended meanwhile, 0 lost");
  }
  expect(await following).toEqual({ bytes: seq(201_000).length, sha256: sha256(seq(201_000)) });
  expect((await waiting).state).toMatchObject({ status: "FAILED", reason: "EXITED", exitCode: 6 });
  expect(agent.log()).not.toContain("[error]");
});
