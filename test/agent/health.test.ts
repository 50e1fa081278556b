/** By a client that is generated from gRPC's own proto, as a probe is. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import {
  credentials,
  type GrpcObject,
  loadPackageDefinition,
  type ServiceClientConstructor,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { until } from "../helpers/until.ts";

const definition = loadSync(join(import.meta.dir, "../../proto/grpc/health/v1/health.proto"), {
  enums: String,
});
const { grpc } = loadPackageDefinition(definition) as unknown as {
  grpc: { health: { v1: { Health: ServiceClientConstructor } } } & GrpcObject;
};

async function probe(agent: TestAgent) {
  const { address, ca, cert, key } = await agent.options();
  const tls = credentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert));
  const client = new grpc.health.v1.Health(address, tls);
  const methods = client as unknown as {
    check(
      request: { service?: string },
      answer: (error: { code: number } | null, reply?: { status: string }) => void,
    ): void;
    watch(request: {
      service?: string;
    }): AsyncIterable<{ status: string }> & { on(event: "error", listener: () => void): void };
  };
  return {
    check: (service?: string) =>
      new Promise<string | number>((resolve) => {
        const request = service === undefined ? {} : { service };
        methods.check(request, (error, reply) => resolve(error ? error.code : (reply?.status ?? "")));
      }),
    watch: (service: string) => methods.watch({ service }),
    [Symbol.dispose]: () => client.close(),
  };
}

test("a probe hears that the agent and its service serve, and of no other service", async () => {
  await using agent = await startAgent();
  using client = await probe(agent);
  expect(await client.check()).toBe("SERVING");
  expect(await client.check("job_runner.JobService")).toBe("SERVING");
  expect(await client.check("job_runner.Nonsense")).toBe(status.NOT_FOUND);
});

test("who watches hears when the agent begins to end, before its connection does", async () => {
  await using agent = await startAgent();
  using client = await probe(agent);
  const heard: string[] = [];
  const watching = (async () => {
    for await (const { status: now } of client.watch("job_runner.JobService")) heard.push(now);
  })();
  watching.catch(() => undefined);
  await until(() => heard.length === 1, "the first status is told");
  await agent.shutdown();
  await until(() => heard.length === 2, "the change is told");
  expect(heard).toEqual(["SERVING", "NOT_SERVING"]);
});

test("who watches a service that is not there is told so, and may wait for it", async () => {
  await using agent = await startAgent();
  using client = await probe(agent);
  for await (const { status: now } of client.watch("job_runner.Nonsense")) {
    expect(now).toBe("SERVICE_UNKNOWN");
    break;
  }
});
