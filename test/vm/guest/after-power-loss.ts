import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "./harness.ts";
import { openService, outputOf, POWER_LOSS_DIR as STATE_DIR, sh } from "./service.ts";

test("after a power loss the store opens: running jobs are LOST, and the finished one is as it was", async () => {
  assert.ok(existsSync(`${STATE_DIR}/lpr.db`), "the disk is the one of the boot before");
  await using service = await openService(STATE_DIR);
  const { jobs } = service;
  for (const name of ["first", "second"]) {
    const { state } = await jobs.wait({ name });
    assert.equal(state.status, "FAILED");
    assert.equal("reason" in state && state.reason, "LOST");
    assert.ok(!("exitCode" in state));
  }
  const { state } = await jobs.get({ name: "finished" });
  assert.equal("exitCode" in state && state.exitCode, 3);
  assert.equal(await outputOf(jobs, "finished"), "kept\n");
  // And the service works: names of finished jobs go free, jobs run.
  await jobs.remove({ name: "first" });
  await jobs.run(sh("first", "exit 4"));
  const again = (await jobs.wait({ name: "first" })).state;
  assert.equal("exitCode" in again && again.exitCode, 4);
});
