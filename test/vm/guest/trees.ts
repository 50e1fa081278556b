import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readProcess } from "../../../src/job/processes.ts";
import { readIdentity } from "../../../src/job/supervisor/identity.ts";
import { until } from "../../helpers/until.ts";
import { test } from "./harness.ts";
import { openService, ROOT, sh, untilOutput } from "./service.ts";

/**
 * A main process with a child in a session of its own, a daemon whose parents are gone, and one that gave itself
 * another environment and group; all of them ignore SIGTERM.
 */
const TREE = `trap '' TERM HUP
  setsid sleep 1001 &
  (setsid sh -c 'sleep 1002 & exit')
  setsid env -i sh -c 'sleep 1003 & sleep 1004 & wait' &
  echo up; sleep 1005 & wait; wait`;
const PROCESSES = 7;

const pidsOf = (name: string) =>
  readFileSync(join(ROOT, name, "cgroup.procs"), "utf8")
    .trim()
    .split("\n")
    .map(Number);

const alive = (pid: number) => readProcess(pid) !== undefined;

test("stop ends every process of a tree that left its sessions, parents and environment and ignores SIGTERM", async () => {
  await using service = await openService();
  await service.jobs.run(sh("tree", TREE));
  await untilOutput(service.jobs, "tree", "up");
  const pids = await until(() => {
    const found = pidsOf("tree");
    return found.length >= PROCESSES ? found : undefined;
  }, `${PROCESSES} processes run`);
  const { exitCode } = await service.jobs.stop({ name: "tree", gracePeriodMs: 200 });
  assert.equal(exitCode, 137);
  assert.deepEqual(pids.filter(alive), []);
  assert.ok(!existsSync(join(ROOT, "tree")), "the group is removed");
});

test("a job that ends by itself leaves no daemon and no group behind", async () => {
  await using service = await openService();
  await service.jobs.run(sh("parent", "setsid sh -c 'sleep 2001 & echo $!'; exit 5"));
  const pid = Number(await untilOutput(service.jobs, "parent", "\n"));
  const { state } = await service.jobs.wait({ name: "parent" });
  assert.equal("exitCode" in state && state.exitCode, 5);
  assert.ok(pid > 1 && !alive(pid));
  assert.ok(!existsSync(join(ROOT, "parent")), "the group is removed");
});

test("groups that a job made below its own go with it", async () => {
  await using service = await openService();
  const script = `mkdir ${ROOT}/nested/a ${ROOT}/nested/a/b
    sh -c 'echo 0 >${ROOT}/nested/a/b/cgroup.procs && exec sleep 3001' & echo up; wait`;
  await service.jobs.run(sh("nested", script));
  await untilOutput(service.jobs, "nested", "up");
  const inner = join(ROOT, "nested/a/b/cgroup.procs");
  await until(() => readFileSync(inner, "utf8") !== "", "the child is in the inner group");
  const pid = Number(readFileSync(inner, "utf8"));
  await service.jobs.stop({ name: "nested", gracePeriodMs: 0 });
  assert.ok(!alive(pid));
  assert.ok(!existsSync(join(ROOT, "nested")));
});

test("a fork bomb is stopped", async () => {
  await using service = await openService();
  // Each process makes two and ends: no list of pids is ever complete, and one that is missed fills up the rest.
  // The main process does not fork any more: dash ends when that fails.
  const bomb = `echo 60 >${ROOT}/bomb/pids.max; f() { f & f & }; f; echo up; while :; do :; done`;
  await service.jobs.run(sh("bomb", bomb));
  await untilOutput(service.jobs, "bomb", "up");
  await until(() => pidsOf("bomb").length > 30, "the bomb has gone off");
  await service.jobs.stop({ name: "bomb", gracePeriodMs: 0 });
  assert.ok(!existsSync(join(ROOT, "bomb")));
});

test("the supervisor of a job counts against none of its limits, and does not die of them", async () => {
  await using service = await openService();
  for (const limits of [{ pids: 2 }, { memoryBytes: 2 ** 26 }, {}]) {
    const { id } = await service.jobs.run({ ...sh("guarded", "sleep 6001"), limits });
    const inGroup = pidsOf("guarded");
    const identity = readIdentity(join(service.stateDir, "jobs", id));
    assert.ok(typeof identity === "object");
    const { pid } = identity.supervisor;
    if (Object.keys(limits).length > 0) assert.ok(!inGroup.includes(pid), "it is never inside");
    await until(() => pidsOf("lpr.supervisors").includes(pid), "it is among the supervisors");
    assert.ok(!pidsOf("guarded").includes(pid));
    assert.equal((await service.jobs.stop({ name: "guarded", gracePeriodMs: 0 })).exitCode, 137);
    await service.jobs.remove({ name: "guarded" });
  }
});
