import { expect, test } from "bun:test";
import { type ConnectOptions, connect } from "../../src/client/index.ts";
import type { JobError } from "../../src/job/errors.ts";
import { startAgent } from "../helpers/agent.ts";
import { encryptKey, testCerts } from "../helpers/certs.ts";
import { errorOf } from "../helpers/job-service.ts";
import { until } from "../helpers/until.ts";

const certs = await testCerts();
const { cert, key } = await certs.client();
const good: ConnectOptions = { address: "localhost", ca: certs.ca.cert, cert, key };

function problemsOf(changes: Partial<ConnectOptions>): string {
  try {
    connect({ ...good, ...changes }).close();
  } catch (error) {
    expect((error as JobError).code).toBe("INVALID_INPUT");
    return (error as JobError).message;
  }
  return "none";
}

test("certificate, key and passphrase are checked before anything is sent", async () => {
  const expired = await certs.odd("expired client");
  const encrypted = encryptKey(key, "s3cret");
  expect(problemsOf({})).toBe("none");
  expect(problemsOf({ key: encrypted, passphrase: "s3cret" })).toBe("none");
  expect(problemsOf({ key: encrypted })).toContain("is encrypted and no passphrase was given");
  expect(problemsOf({ key: encrypted, passphrase: "x" })).toContain("the passphrase is wrong");
  expect(problemsOf({ key: certs.agent.key })).toContain("does not belong to the certificate of alice");
  expect(problemsOf({ cert: expired.cert, key: expired.key })).toContain("expired on 2020-02-01");
  expect(problemsOf({ cert: certs.agent.cert, key: certs.agent.key })).toContain("is not for a client");
  expect(problemsOf({ address: "a b" })).toContain("is no agent address");
});

test("all problems are told at once", async () => {
  const problems = problemsOf({ ca: "", cert: "x", key: "y" });
  expect(problems).toContain("the CA certificate is not a PEM text");
  expect(problems).toContain("the certificate is not a PEM text");
  expect(problems).toContain("the private key is not a PEM text");
});

test("a call that its caller gives up ends, at the agent too", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run({ name: "foo", command: "/bin/sleep", args: ["60"] });
  const controller = new AbortController();
  const wait = errorOf(client.wait({ name: "foo" }, { signal: controller.signal }));
  const follow = errorOf(Array.fromAsync(client.streamLogs({ name: "foo" }, { signal: controller.signal })));
  setTimeout(() => controller.abort(), 50);
  expect((await wait).code).toBe("CANCELLED");
  expect((await follow).code).toBe("CANCELLED");
  expect((await errorOf(client.list({}, { signal: controller.signal }))).code).toBe("CANCELLED");
  expect((await client.get({ name: "foo" })).state.status).toBe("RUNNING");
});

test("closing a client ends its calls, and later ones are refused", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run({ name: "foo", command: "/bin/sleep", args: ["60"] });
  const wait = errorOf(client.wait({ name: "foo" }));
  setTimeout(() => client.close(), 50);
  expect((await wait).code).toBe("CANCELLED");
  expect((await errorOf(client.list())).code).toBe("CANCELLED");
});

test("a call during which the agent goes away says so, and the next one finds the agent that came back", async () => {
  await using first = await startAgent();
  using client = await first.client();
  await client.run({ name: "foo", command: "/bin/sleep", args: ["60"] });
  expect((await client.list()).jobs).toHaveLength(1);
  await Promise.all([first.shutdown(), first.shutdown()]);
  expect((await errorOf(client.list())).code).toBe("UNAVAILABLE");
  await using _second = await startAgent({ listen: [{ host: "127.0.0.1", port: first.port }] });
  const list = await until(
    () =>
      client.list().catch((error: JobError) => {
        expect(error.code).toBe("UNAVAILABLE");
        return undefined;
      }),
    "the client has connected again",
  );
  expect(list.jobs).toEqual([]);
});

test("a client that is closed leaves no connection on which TLS never came up", async () => {
  let open = 0;
  using silent = Bun.listen({
    ...{ hostname: "127.0.0.1", port: 0 },
    socket: { open: () => void open++, close: () => void open--, data: () => undefined },
  });
  const client = connect({ ...good, address: `localhost:${silent.port}`, connectTimeoutMs: 100 });
  const call = errorOf(client.list());
  await until(() => open === 1, "the client is connected");
  expect((await call).message).toContain("accepts connections");
  client.close();
  await until(() => open === 0, "the client has hung up");
});
