import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { startAgent } from "../helpers/agent.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { until } from "../helpers/until.ts";

test("what fails in the background is in the agent's log with its reason, and made up for when that is gone", async () => {
  using dir = tempDir();
  await using agent = await startAgent();
  using client = await agent.client();
  const script = `while [ ! -e ${dir.join("go")} ]; do sleep 0.01; done; exit 3`;
  await client.run({ name: "foo", command: "/bin/sh", args: ["-c", script] });
  // Somebody else writes to the database, so that the end of the job cannot be recorded.
  using database = new Database(`${agent.stateDir}/lpr.db`);
  database.run("BEGIN IMMEDIATE");
  await Bun.write(dir.join("go"), "");
  const error = await until(
    () => agent.logged.find((line) => line.startsWith("error ")),
    "the agent complains",
  );
  expect(error).toContain("foo");
  expect(error).toContain("database is locked");
  expect((await client.get({ name: "foo" })).state.status).toBe("RUNNING");
  database.run("ROLLBACK");
  expect((await client.wait({ name: "foo" })).state).toMatchObject({ reason: "EXITED", exitCode: 3 });
});
