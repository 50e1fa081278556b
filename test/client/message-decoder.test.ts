import { expect, test } from "bun:test";
import { Metadata } from "@grpc/grpc-js";
import { Acceptance } from "../../src/client/acceptance.ts";
import { Channel } from "../../src/client/channel.ts";
import { decodeInPlace, MessageDecoder } from "../../src/client/message-decoder.ts";
import { targetOf } from "../../src/client/target.ts";
import { toStreamLogsRequest } from "../../src/rpc/convert/requests.ts";
import { frame } from "../../src/rpc/frame.ts";
import { jobService, type ResponseOf } from "../../src/rpc/schema.ts";
import { startAgent } from "../helpers/agent.ts";
import { randomFrom } from "../helpers/random.ts";

test("messages are found whole and in order wherever their data is cut", () => {
  const random = randomFrom(11);
  for (let round = 0; round < 200; round++) {
    const messages = Array.from({ length: 1 + random.int(8) }, () =>
      frame([random.bytes(random.pick([0, 1, 4, 5, 6, 300]))]),
    );
    const data = Buffer.concat(messages);
    const decoder = new MessageDecoder(-1);
    const found: Buffer[] = [];
    for (let at = 0; at < data.length; ) {
      const size = 1 + random.int(random.pick([1, 7, 500]));
      found.push(...decoder.write(data.subarray(at, at + size)));
      at += size;
    }
    expect(found.map((it) => it.toString("hex"))).toEqual(messages.map((it) => it.toString("hex")));
  }
});

test("messages that came in one piece are not copied", () => {
  const data = Buffer.concat([frame([Buffer.from("one")]), frame([Buffer.from("two")])]);
  const [one, two] = new MessageDecoder(-1).write(data);
  expect([one?.buffer, two?.buffer]).toEqual([data.buffer, data.buffer]);
  expect(one?.byteOffset).toBe(data.byteOffset);
});

test("a message that says it is too large is refused before it has come, and one at the limit is not", () => {
  const large = frame([Buffer.alloc(101)]);
  expect(() => new MessageDecoder(100).write(large.subarray(0, 5))).toThrow("larger than max (101 vs 100)");
  expect(new MessageDecoder(101).write(large)).toHaveLength(1);
});

test("a call of this version of grpc-js can be made to decode in place, once", async () => {
  await using agent = await startAgent();
  using client = await agent.client();
  await client.run({ name: "foo", command: "echo", args: ["hello"] });
  const channel = new Channel(targetOf(await agent.options()), new Acceptance());
  const { path, requestSerialize, responseDeserialize } = jobService.streamLogs;
  const request = toStreamLogsRequest({ name: "foo" }, { acceptZstd: false });
  const call = channel.grpc.makeServerStreamRequest(
    ...([path, requestSerialize, responseDeserialize, request, new Metadata(), {}] as const),
  );
  const done: boolean[] = [];
  call.on("metadata", () => done.push(decodeInPlace(call), decodeInPlace(call)));
  const messages = (await Array.fromAsync(call)) as ResponseOf<"streamLogs">[];
  expect(messages.map(({ output }) => Buffer.from(output).toString()).join("")).toBe("hello\n");
  expect(done).toEqual([true, false]);
  channel.close();
});

test("what is no call of grpc-js, or is in the midst of a message, is left as it is", () => {
  expect(decodeInPlace({})).toBe(false);
  const busy = { child: { decoder: { readState: 2, maxReadMessageLength: 1, write: () => [] } } };
  expect(decodeInPlace(busy)).toBe(false);
  expect(busy.child.decoder).toMatchObject({ readState: 2, maxReadMessageLength: 1 });
});
