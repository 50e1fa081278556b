/** Clients with a good certificate that break the rules of HTTP/2. */
import { expect, test } from "bun:test";
import { call, callHeaders, flags, frame, grpcMessage, types, uint32 } from "../../helpers/raw-http2.ts";
import { until } from "../../helpers/until.ts";
import { startVictim } from "../../helpers/victim.ts";

/** Error codes of RFC 9113, section 7. */
const codes = { protocol: 1, flowControl: 3, frameSize: 6, compression: 9 } as const;

const windowUpdate = (increment: number) => frame(types.windowUpdate, 0, 0, uint32(increment));

const broken: readonly (readonly [name: string, code: number, bytes: Buffer])[] = [
  ["DATA on the connection", codes.protocol, frame(types.data, 0, 0, Buffer.alloc(10))],
  [
    "a call on an even stream",
    codes.protocol,
    frame(types.headers, flags.endHeaders, 2, callHeaders("Info")),
  ],
  ["SETTINGS on a stream", codes.protocol, frame(types.settings, 0, 1, Buffer.alloc(6))],
  ["SETTINGS of five bytes", codes.frameSize, frame(types.settings, 0, 0, Buffer.alloc(5))],
  ["PING of seven bytes", codes.frameSize, frame(types.ping, 0, 0, Buffer.alloc(7))],
  ["a frame above the size allowed", codes.frameSize, frame(types.data, 0, 1, Buffer.alloc(100_000))],
  ["a window update of nothing", codes.protocol, windowUpdate(0)],
  [
    "a window beyond 2^31",
    codes.flowControl,
    Buffer.concat([windowUpdate(2 ** 31 - 1), windowUpdate(2 ** 31 - 1)]),
  ],
  ["a reset of a stream that never was", codes.protocol, frame(types.rstStream, 0, 99, uint32(8))],
  ["PUSH_PROMISE from a client", codes.protocol, frame(types.pushPromise, flags.endHeaders, 1, uint32(2))],
  [
    "CONTINUATION of nothing",
    codes.protocol,
    frame(types.continuation, flags.endHeaders, 1, Buffer.alloc(10)),
  ],
  [
    "an index beyond the header table",
    codes.compression,
    frame(types.headers, 5, 1, Buffer.from([255, 255, 255, 127])),
  ],
];

test("whoever breaks a rule of HTTP/2 is hung up on with the reason, and nobody else notices", async () => {
  await using victim = await startVictim();
  using bystander = await victim.client();
  for (const [name, code, bytes] of broken) {
    using mallory = await victim.attack();
    await mallory.send(bytes);
    await until(() => mallory.isClosed(), `${name} is answered by hanging up`);
    const goaway = mallory.frames.find(({ type }) => type === types.goaway);
    expect({ name, code: goaway?.payload.readUInt32BE(4) }).toEqual({ name, code });
    await victim.mustServe();
  }
  expect((await bystander.info()).refusals["protocol"]).toBe(broken.length);
  expect(victim.log()).toContain("of mallory: HTTP/2: ");
}, 60_000);

test("what does not begin as HTTP/2 is hung up on", async () => {
  await using victim = await startVictim();
  for (const bytes of [
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
    "\0".repeat(50),
  ]) {
    using mallory = await victim.attack({ polite: false });
    await mallory.send(Buffer.from(bytes));
    await until(() => mallory.isClosed(), "it is hung up on");
  }
  await victim.mustServe();
});

test("frames of unknown types, and priorities that refer to themselves, change nothing", async () => {
  await using victim = await startVictim();
  using mallory = await victim.attack();
  const unknown = Array.from({ length: 500 }, (_, i) => frame(20 + (i % 200), 255, i, Buffer.alloc(50)));
  const priority = frame(types.priority, 0, 3, Buffer.concat([uint32(3), Buffer.from([1])]));
  await mallory.send(...unknown, priority, call(1, "Info", grpcMessage(Buffer.alloc(0))));
  await until(
    () => mallory.frames.some(({ type }) => type === types.data),
    "the call is answered all the same",
  );
  expect(mallory.isClosed()).toBe(false);
  await victim.mustServe();
});
