/** Requests that are no messages of gRPC, or none of ours. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { gzipSync } from "node:zlib";
import { testCerts } from "../../helpers/certs.ts";
import { grpcMessage } from "../../helpers/raw-http2.ts";
import { until } from "../../helpers/until.ts";
import { startVictim, type Victim } from "../../helpers/victim.ts";

let victim: Victim;
beforeAll(async () => {
  victim = await startVictim();
});
afterAll(() => victim[Symbol.asyncDispose]());

/** Codes of gRPC. */
const codes = { resourceExhausted: 8, unimplemented: 12, internal: 13 } as const;

/** How a call with this body ends: status of gRPC, or of HTTP where that says no. */
async function statusOf(method: string, body: Buffer, headers: Record<string, string> = {}): Promise<string> {
  const certs = await testCerts();
  const { cert, key } = await certs.client({ tenant: "mallory", role: "admin" });
  const session = connectHttp2(`https://localhost:${victim.port}`, { ca: certs.ca.cert, cert, key });
  try {
    return await new Promise<string>((resolve, reject) => {
      session.on("error", reject);
      const stream = session.request({
        ...{ ":method": "POST", ":path": `/job_runner.JobService/${method}` },
        ...{ "content-type": "application/grpc", te: "trailers", ...headers },
      });
      const take = (received: IncomingHttpHeaders) => {
        const status = received["grpc-status"];
        if (typeof status === "string") resolve(status);
        else if (String(received[":status"]) !== "200") resolve(`HTTP ${received[":status"]}`);
      };
      stream.on("response", take).on("trailers", take).on("error", reject).resume();
      stream.on("close", () => reject(new Error("the call ended without a status")));
      stream.end(body);
    });
  } finally {
    session.destroy();
  }
}

const text = (field: number, ...bytes: number[]): Buffer =>
  Buffer.from([(field << 3) | 2, bytes.length, ...bytes]);
const nothing = grpcMessage(Buffer.alloc(0));

test.each([
  ["a method that does not exist", "Nope", nothing, codes.unimplemented],
  ["a method with a line break in it", "In%0afo", nothing, codes.unimplemented],
  ["no message at all", "Info", Buffer.alloc(0), codes.unimplemented],
  ["half of a message", "Info", grpcMessage(Buffer.alloc(5), 0, 500), codes.unimplemented],
  ["two messages in place of one", "Info", Buffer.concat([nothing, nothing]), codes.unimplemented],
  ["a flag of compression without a way to undo it", "Info", grpcMessage(Buffer.alloc(5), 1), codes.internal],
  [
    "a message of 4 GiB, as it says",
    "Info",
    grpcMessage(Buffer.alloc(5), 0, 2 ** 32 - 1),
    codes.resourceExhausted,
  ],
  ["a text that reaches beyond the end", "Get", grpcMessage(Buffer.from([0x0a, 100, 1])), codes.internal],
  ["a number that never ends", "Get", grpcMessage(Buffer.alloc(50, 0xff)), codes.internal],
  ["a name that is not UTF-8", "Get", grpcMessage(text(1, 0xff, 0xfe)), codes.internal],
])("%s ends the call with a status", async (_, method, body, code) => {
  expect(await statusOf(method, body)).toBe(String(code));
  await victim.mustServe();
});

test("a command that is not UTF-8 is refused, and no job is left of it", async () => {
  const run = Buffer.concat([text(1, ...Buffer.from("foo")), text(2, 0xff, 0xfe)]);
  expect(await statusOf("Run", grpcMessage(run))).toBe(String(codes.internal));
  using client = await victim.client();
  expect((await client.list()).jobs).toEqual([]);
});

test("what is no gRPC at all is refused by HTTP", async () => {
  expect(await statusOf("Info", nothing, { "content-type": "text/html" })).toBe("HTTP 415");
});

test("a few kilobytes that unpack to more than a message may have are refused", async () => {
  const before = victim.memory();
  const bomb = grpcMessage(gzipSync(Buffer.alloc(50_000_000)), 1);
  expect(await statusOf("Info", bomb, { "grpc-encoding": "gzip" })).toBe(String(codes.resourceExhausted));
  expect(victim.memory() - before).toBeLessThan(60);
  await victim.mustServe();
});

test("a request that is too large is counted, and on the audit log with who has sent it", async () => {
  using client = await victim.client();
  const counted = async () => (await client.info()).refusals["messages"] ?? 0;
  const before = await counted();
  expect(await statusOf("Run", grpcMessage(Buffer.alloc(5), 0, 5_000_000))).toBe(
    String(codes.resourceExhausted),
  );
  expect(await counted()).toBe(before + 1);
  const entries = () => client.audit({ tenant: "mallory", action: "Run", refusedOnly: true });
  await until(
    async () => (await entries()).entries.some(({ outcome }) => outcome === "RESOURCE_EXHAUSTED"),
    "the refusal is on the audit log",
  );
});
