/** What an agent answers to calls about a fleet when its agent.yaml names none. */
import { expect, test } from "bun:test";
import type { Client } from "../../src/client/index.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";

const calls: Record<string, (client: Client) => Promise<unknown>> = {
  run: (client) => client.run({ name: "foo", command: "true", fleet: { pool: "build" } }),
  list: (client) => client.list({ fleet: true }),
  "list of a pool": (client) => client.list({ pool: "build" }),
  watch: (client) => client.watch({ fleet: true }).next(),
  fleetAgents: (client) => client.fleetAgents(),
  fleetPools: (client) => client.fleetPools(),
  drain: (client) => client.drain(),
};

test("calls about a fleet are refused by an agent that is in none, with what to do", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  for (const [name, call] of Object.entries(calls)) {
    expect(await errorOf(call(client)), name).toMatchObject({
      code: "HOST_UNSUPPORTED",
      message: "this agent is in no fleet",
      hint: expect.stringContaining("add one to this agent's"),
    });
  }
  expect((await client.list()).jobs).toEqual([]);
  expect((await client.info()).fleet).toBeUndefined();
});

test("jobs that wait for a host are no jobs of the agent's own: asking for them alone is refused", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  const asked = client.list({ statuses: ["PENDING", "RUNNING"] });
  expect(await errorOf(asked)).toMatchObject({
    code: "INVALID_INPUT",
    message: expect.stringContaining("statuses may have PENDING only together with fleet"),
  });
});
