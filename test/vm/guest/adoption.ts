import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readProcess } from "../../../src/job/processes.ts";
import { until } from "../../helpers/until.ts";
import { startAgent } from "./agent.ts";
import { test } from "./harness.ts";
import { onlyJobDir, openService, outputOf, ROOT, sh, untilOutput } from "./service.ts";

test("a job outlives kill -9 of its agent, and the next agent follows it to its end", async () => {
  const stateDir = mkdtempSync("/disk/adopt-");
  const script = `echo before; while [ ! -e ${stateDir}/go ]; do sleep 0.05; done; echo after; exit 9`;
  const agent = await startAgent({ stateDir, jobs: [sh("survivor", script)] });
  await agent.kill();
  await using service = await openService(stateDir);
  assert.equal((await service.jobs.get({ name: "survivor" })).state.status, "RUNNING");
  await untilOutput(service.jobs, "survivor", "before");
  writeFileSync(join(stateDir, "go"), "");
  const { state } = await service.jobs.wait({ name: "survivor" });
  assert.equal("exitCode" in state && state.exitCode, 9);
  assert.equal(await outputOf(service.jobs, "survivor"), "before\nafter\n");
});

test("a job that ends while the agent is away keeps its exit code, and its daemons are killed by its supervisor", async () => {
  const stateDir = mkdtempSync("/disk/adopt-");
  const script = `setsid sleep 4001 & echo $! >${stateDir}/daemon
    while [ ! -e ${stateDir}/go ]; do sleep 0.05; done; exit 6`;
  const agent = await startAgent({ stateDir, jobs: [sh("short", script)] });
  await agent.kill();
  const daemon = await until(() => numberIn(join(stateDir, "daemon")), "the daemon runs");
  assert.ok(readProcess(daemon) !== undefined);
  writeFileSync(join(stateDir, "go"), "");
  const record = join(onlyJobDir(stateDir), "exit");
  await until(() => readFileSync(record, "utf8") === "   6\n", "the exit is recorded");
  await until(() => readProcess(daemon) === undefined, "the daemon is gone, without any agent");
  await using service = await openService(stateDir);
  const { state } = await service.jobs.wait({ name: "short" });
  assert.equal("exitCode" in state && state.exitCode, 6);
  assert.ok(!existsSync(join(ROOT, "short")));
});

test("an adopted tree that ignores SIGTERM is stopped as a whole", async () => {
  const stateDir = mkdtempSync("/disk/adopt-");
  const script = "trap '' TERM; setsid sh -c 'sleep 5001 & sleep 5002' & echo up; wait; wait";
  const agent = await startAgent({ stateDir, jobs: [sh("stubborn", script)] });
  await agent.kill();
  await using service = await openService(stateDir);
  await untilOutput(service.jobs, "stubborn", "up");
  const pids = readFileSync(join(ROOT, "stubborn/cgroup.procs"), "utf8").trim().split("\n").map(Number);
  await service.jobs.stop({ name: "stubborn", gracePeriodMs: 100 });
  assert.ok(pids.length >= 2);
  assert.deepEqual(
    pids.filter((pid) => readProcess(pid) !== undefined),
    [],
  );
});

/** Undefined until the whole line is there. */
function numberIn(path: string): number | undefined {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return text.endsWith("\n") ? Number(text) : undefined;
}
