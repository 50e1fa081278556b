/** Clients that send much of what costs them little. */
import { expect, test } from "bun:test";
import {
  call,
  callHeaders,
  flags,
  frame,
  grpcMessage,
  type RawConnection,
  types,
  uint32,
} from "../../helpers/raw-http2.ts";
import { until } from "../../helpers/until.ts";
import { startVictim, type Victim } from "../../helpers/victim.ts";

/** MiB that the agent may grow by. */
const ALLOWED_GROWTH = 80;

const emptyMessage = grpcMessage(Buffer.alloc(0));
const times = (count: number, bytes: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, () => bytes));

/** Sends bursts until the agent hangs up, or all of them are sent. */
async function flood(
  mallory: RawConnection,
  bursts: number,
  burst: (index: number) => Buffer,
): Promise<void> {
  for (let i = 0; i < bursts && !mallory.isClosed(); i++) await mallory.send(burst(i));
}

async function withinMemory(victim: Victim, attack: () => Promise<void>): Promise<void> {
  await victim.mustServe();
  const before = victim.memory();
  await attack();
  await victim.mustServe();
  expect(victim.memory() - before).toBeLessThan(ALLOWED_GROWTH);
}

test("calls that are reset at once, thousands of them, end with the connection", async () => {
  await using victim = await startVictim();
  await withinMemory(victim, async () => {
    using mallory = await victim.attack();
    await flood(mallory, 100, (i) => {
      const streams = Array.from({ length: 200 }, (_, k) => 1 + 2 * (200 * i + k));
      return Buffer.concat(
        streams.flatMap((stream) => [
          frame(types.headers, flags.endHeaders, stream, callHeaders("Info")),
          frame(types.rstStream, 0, stream, uint32(8)),
        ]),
      );
    });
    await until(() => mallory.isClosed(), "it is hung up on");
  });
});

test.each([
  ["settings", frame(types.settings, 0, 0, Buffer.concat([Buffer.from([0, 4]), uint32(65_535)]))],
  ["pings", frame(types.ping, 0, 0, Buffer.alloc(8))],
])("a flood of %s, whose answers nobody reads, ends with the connection", async (_, bytes) => {
  await using victim = await startVictim();
  await withinMemory(victim, async () => {
    using mallory = await victim.attack();
    await flood(mallory, 200, () => times(1_000, bytes));
    await until(() => mallory.isClosed(), "it is hung up on");
  });
});

test("a flood of empty frames in a call that never ends is hung up on, or cut off in time", async () => {
  await using victim = await startVictim("clients: {request-timeout: 2s}\n");
  await withinMemory(victim, async () => {
    using mallory = await victim.attack();
    await mallory.send(frame(types.headers, flags.endHeaders, 1, callHeaders("Info")));
    await flood(mallory, 200, () => times(1_000, frame(types.data, 0, 1)));
    await until(() => mallory.isClosed(), "it is hung up on");
  });
});

test("no more calls are taken over one connection than are announced", async () => {
  await using victim = await startVictim();
  using mallory = await victim.attack();
  const settings = await until(
    () => mallory.frames.find(({ type }) => type === types.settings),
    "settings come",
  );
  const announced = new Map<number, number>();
  for (let at = 0; at < settings.payload.length; at += 6) {
    announced.set(settings.payload.readUInt16BE(at), settings.payload.readUInt32BE(at + 2));
  }
  // SETTINGS_MAX_CONCURRENT_STREAMS
  expect(announced.get(3)).toBe(250);
  await flood(mallory, 1_000, (i) => frame(types.headers, flags.endHeaders, 1 + 2 * i, callHeaders("Info")));
  await until(() => mallory.isClosed(), "it is hung up on");
  await victim.mustServe();
});

test("calls whose answers may not be sent, as the window is shut, are bounded, and others served", async () => {
  await using victim = await startVictim();
  await withinMemory(victim, async () => {
    using mallory = await victim.attack();
    // SETTINGS_INITIAL_WINDOW_SIZE
    await mallory.send(frame(types.settings, 0, 0, Buffer.concat([Buffer.from([0, 4]), uint32(0)])));
    await flood(mallory, 1_000, (i) => call(1 + 2 * i, "Info", emptyMessage));
    await until(() => mallory.isClosed(), "it is hung up on");
  });
});
