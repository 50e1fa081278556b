/** The protocol is for ever: a client made from the seed's own proto, verbatim, works against our agent. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import {
  type Client,
  type ClientReadableStream,
  credentials,
  loadPackageDefinition,
  type ServiceClientConstructor,
  type ServiceError,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { startAgent, type TestAgent } from "../helpers/agent.ts";
import { errorOf } from "../helpers/job-service.ts";

type Callback<T> = (error: ServiceError | null, response: T) => void;
type Ended = { status: string; exit_code: number };
interface SeedClient extends Client {
  Run(
    request: { name: string; command: string; args?: string[]; env?: string[] },
    done: Callback<object>,
  ): void;
  Get(request: { name: string }, done: Callback<Ended & { created_by: string }>): void;
  Stop(request: { name: string; grace_period?: { seconds: number } }, done: Callback<Ended>): void;
  StreamLogs(request: { name: string }): ClientReadableStream<{ output: string }>;
}

const seed = loadPackageDefinition(
  loadSync("job_runner.proto", {
    includeDirs: [join(import.meta.dir, "../fixtures/seed")],
    ...{ keepCase: true, enums: String, defaults: true },
  }),
) as unknown as { job_runner: { JobService: ServiceClientConstructor } };

async function seedClient(agent: TestAgent): Promise<SeedClient & Disposable> {
  const { ca, cert, key } = await agent.options();
  const tls = credentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert));
  const client = new seed.job_runner.JobService(agent.address, tls) as unknown as SeedClient;
  return Object.assign(client, { [Symbol.dispose]: () => client.close() });
}

function call<T>(start: (done: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
}

async function outputOf(client: SeedClient, name: string): Promise<string> {
  const messages = await Array.fromAsync(client.StreamLogs({ name }) as AsyncIterable<{ output: string }>);
  return messages.map(({ output }) => output).join("");
}

test("it runs a job, reads its output as text and hears its exit code", async () => {
  await using agent = await startAgent();
  using client = await seedClient(agent);
  const script =
    'printf "%s " "$GREETING"; i=0; while [ $i -lt 20000 ]; do printf "ä€😀"; i=$((i+1)); done; exit 4';
  await call((done) =>
    client.Run({ name: "foo", command: "/bin/sh", args: ["-c", script], env: ["GREETING=hello"] }, done),
  );
  const job = () => call<Ended & { created_by: string }>((done) => client.Get({ name: "foo" }, done));
  expect((await outputOf(client, "foo")) === `hello ${"ä€😀".repeat(20_000)}`).toBe(true);
  expect(await job()).toEqual({ created_by: "root", status: "FAILED", exit_code: 4 });
});

test("it follows a running job, and stops one with a grace period and without", async () => {
  await using agent = await startAgent();
  using client = await seedClient(agent);
  const script = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
  await call((done) => client.Run({ name: "foo", command: "/bin/sh", args: ["-c", script] }, done));
  let output = "";
  let stopped: Promise<Ended> | undefined;
  for await (const message of client.StreamLogs({ name: "foo" }) as AsyncIterable<{ output: string }>) {
    output += message.output;
    if (!output.includes("ready") || stopped) continue;
    const running = await call<Ended>((done) => client.Get({ name: "foo" }, done));
    expect(running).toMatchObject({ status: "RUNNING", exit_code: 0 });
    stopped = call<Ended>((done) => client.Stop({ name: "foo", grace_period: { seconds: 20 } }, done));
  }
  expect(output).toBe("ready\nbye\n");
  expect(await stopped).toEqual({ status: "SUCCEEDED", exit_code: 0 });

  await call((done) => client.Run({ name: "bar", command: "/bin/sleep", args: ["60"] }, done));
  expect(await call<Ended>((done) => client.Stop({ name: "bar" }, done))).toEqual({
    ...{ status: "FAILED", exit_code: 143 },
  });
});

test("its errors have the gRPC codes of the design", async () => {
  await using agent = await startAgent();
  using client = await seedClient(agent);
  const codeOf = async (promise: Promise<unknown>) => Number((await errorOf(promise)).code);
  expect(await codeOf(call((done) => client.Get({ name: "nothere" }, done)))).toBe(status.NOT_FOUND);
  expect(await codeOf(call((done) => client.Run({ name: "../x", command: "true" }, done)))).toBe(
    status.INVALID_ARGUMENT,
  );
  await call((done) => client.Run({ name: "foo", command: "true" }, done));
  expect(await codeOf(call((done) => client.Run({ name: "foo", command: "true" }, done)))).toBe(
    status.ALREADY_EXISTS,
  );
});
