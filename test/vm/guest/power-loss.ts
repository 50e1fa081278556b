import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { startAgent } from "./agent.ts";
import { test } from "./harness.ts";
import { onlyJobDir, openService, POWER_LOSS_DIR as STATE_DIR, sh } from "./service.ts";

test("the power goes while jobs run", async () => {
  {
    await using before = await openService(STATE_DIR);
    await before.jobs.run(sh("finished", "echo kept; exit 3"));
    await before.jobs.wait({ name: "finished" });
    assert.equal(readFileSync(`${onlyJobDir(STATE_DIR)}/exit`, "utf8"), "   3\n");
  }
  const sleepers = ["first", "second"].map((name) => sh(name, "echo up; sleep 6001"));
  await startAgent({ stateDir: STATE_DIR, jobs: sleepers });
  // The agent has acknowledged all of these, so they must be on the disk now, whatever the page cache holds.
  console.log("ok the power goes while jobs run");
  console.log("power off");
  await new Promise(() => setInterval(() => undefined, 60_000));
});
