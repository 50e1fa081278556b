import { expect, test } from "bun:test";
import { Acceptance } from "../../src/client/acceptance.ts";
import { connect } from "../../src/client/index.ts";
import { openProxy } from "../cli/proxy.ts";
import { startAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";

test("an agent that never took the certificate is believed when it hangs up", () => {
  expect(new Acceptance().refused()).toBe(true);
});

test("one that has taken it is believed when it hangs up again and again", () => {
  const acceptance = new Acceptance();
  acceptance.accepted();
  expect(Array.from({ length: 5 }, () => acceptance.refused())).toEqual([false, false, false, false, true]);
  acceptance.accepted();
  expect(acceptance.refused()).toBe(false);
});

test("a connection that is cut right after its handshake is not taken for a refusal", async () => {
  await using agent = await startAgent();
  await using way = await openProxy(agent.port);
  const client = connect({ ...(await agent.options()), address: way.address });
  await client.info();
  // More than a hello, less than that and a certificate: what the agent says in the handshake gets through.
  way.hangUpAfterBytes = 2_000;
  way.cut();
  // The first may still be under way over the connection there was.
  const errors = [await errorOf(client.info()), await errorOf(client.info())];
  expect(errors.map(({ code }) => code)).toEqual(["UNAVAILABLE", "UNAVAILABLE"]);
  expect(errors[1]?.message).toContain("was cut");
  way.hangUpAfterBytes = Number.POSITIVE_INFINITY;
  expect((await client.info()).tenant).toBe("root");
  client.close();
});
