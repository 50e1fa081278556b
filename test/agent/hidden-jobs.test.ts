/** On the wire nothing tells a job one may not see from one that does not exist, whatever is called. */
import { expect, test } from "bun:test";
import { Client, credentials, type Metadata, type StatusObject } from "@grpc/grpc-js";
import { jobService, type Rpc } from "../../src/rpc/schema.ts";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { testCerts } from "../helpers/certs.ts";

/** Those that name no job: what they leave out is tested with tenants.test.ts. */
const NAMELESS: ReadonlySet<Rpc> = new Set([
  ...(["run", "list", "watch", "info", "audit"] as const),
  ...(["fleetAgents", "fleetPools", "drain"] as const),
]);
const named = (Object.keys(jobService) as Rpc[]).filter((rpc) => !NAMELESS.has(rpc));

/** What must be there beside the selector for the request to be well-formed. */
const rest: Partial<Record<Rpc, object>> = {
  stop: { gracePeriod: { seconds: 1, nanos: 0 } },
  signal: { signal: "HUP" },
};

interface Answer {
  readonly status: Pick<StatusObject, "code" | "details">;
  readonly headers: unknown;
  readonly trailers: unknown;
  readonly messages: number;
}

/** Everything that an answer consists of. */
function answerTo(client: Client, rpc: Rpc, name: string): Promise<Answer> {
  const { path, requestSerialize, responseDeserialize } = jobService[rpc];
  const request = requestSerialize({ name, jobId: "", ...rest[rpc] } as never);
  const call = client.makeServerStreamRequest(
    path,
    (bytes: Buffer) => bytes,
    responseDeserialize as never,
    request,
  );
  let headers: unknown;
  let messages = 0;
  return new Promise((resolve) => {
    call.on("metadata", (metadata: Metadata) => {
      headers = withoutDate(metadata);
    });
    call.on("data", () => messages++);
    call.on("error", () => undefined);
    call.on("status", ({ code, details, metadata }: StatusObject) =>
      resolve({ status: { code, details }, headers, trailers: withoutDate(metadata), messages }),
    );
  });
}

function withoutDate(metadata: Metadata): unknown {
  const copy = metadata.clone();
  copy.remove("date");
  return copy.toJSON();
}

async function rawClient(agent: TestAgent, tenant: string): Promise<Client & Disposable> {
  const { ca } = await testCerts();
  const { cert, key } = await (await testCerts()).client({ tenant, role: "user" });
  const tls = credentials.createSsl(Buffer.from(ca.cert), Buffer.from(key), Buffer.from(cert));
  const client = new Client(agent.address, tls);
  return Object.assign(client, { [Symbol.dispose]: () => client.close() });
}

test.each(named)("%s answers about a hidden job to the byte as about none", async (rpc) => {
  await using agent = await startAgent();
  using alice = await agent.client("alice", "user");
  await alice.run({ name: "running", command: "/bin/sleep", args: ["600"] });
  await alice.run({ name: "hasends", command: "true" });
  await alice.wait({ name: "hasends" });
  using bob = await rawClient(agent, "bob");
  const none = await answerTo(bob, rpc, "nowhere");
  expect(none).toMatchObject({
    status: { code: 5, details: 'there is no job named "nowhere"' },
    messages: 0,
  });
  for (const name of ["running", "hasends"]) {
    const hidden = JSON.stringify(await answerTo(bob, rpc, name)).replaceAll(name, "nowhere");
    expect(hidden).toBe(JSON.stringify(none));
  }
});
