/** Header blocks that are small to send and large to keep. */
import { expect, test } from "bun:test";
import { callHeaders, flags, frame, header, indexedHeader, types } from "../../helpers/raw-http2.ts";
import { until } from "../../helpers/until.ts";
import { startVictim, type Victim } from "../../helpers/victim.ts";

/** MiB that the agent may grow by under any of these; each would be tens or hundreds without a limit. */
const ALLOWED_GROWTH = 60;

/** One header block in as many frames as it takes. */
function inFrames(stream: number, block: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < block.length; at += 16_000) {
    const type = at === 0 ? types.headers : types.continuation;
    const last = at + 16_000 >= block.length;
    pieces.push(frame(type, last ? flags.endHeaders : 0, stream, block.subarray(at, at + 16_000)));
  }
  return pieces;
}

async function withinMemory(victim: Victim, attack: () => Promise<void>): Promise<void> {
  await victim.mustServe();
  const before = victim.memory();
  await attack();
  await victim.mustServe();
  expect(victim.memory() - before).toBeLessThan(ALLOWED_GROWTH);
}

test.each([
  ["one header of a megabyte", [header("x-bomb", "y".repeat(1_000_000))]],
  ["ten thousand headers", Array.from({ length: 10_000 }, (_, i) => header(`x-${i}`, "y"))],
])("%s are refused with the connection", async (_, headers) => {
  await using victim = await startVictim();
  await withinMemory(victim, async () => {
    using mallory = await victim.attack();
    await mallory.send(...inFrames(1, Buffer.concat([callHeaders("Info"), ...headers])));
    await until(() => mallory.isClosed(), "it is hung up on");
  });
});

test("fifteen kilobytes that stand for sixty megabytes of headers are refused, call by call", async () => {
  await using victim = await startVictim();
  await withinMemory(victim, async () => {
    using mallory = await victim.attack();
    const entry = indexedHeader("x-bomb", "y".repeat(4_000));
    const references = Buffer.alloc(15_000, 0x80 | 62);
    await mallory.send(...inFrames(1, Buffer.concat([callHeaders("Info"), entry, references])));
    for (let stream = 3; stream < 41; stream += 2) {
      await mallory.send(...inFrames(stream, Buffer.concat([callHeaders("Info"), references])));
    }
    const resets = () => mallory.frames.filter(({ type }) => type === types.rstStream).length;
    await until(() => resets() === 20 || mallory.isClosed(), "every call is refused");
    expect(mallory.frames.some(({ type }) => type === types.data)).toBe(false);
  });
});

test.each([
  ["with headers", Buffer.concat(Array.from({ length: 3_000 }, () => header("a", "b")))],
  ["with nothing in them", Buffer.alloc(0)],
])(
  "a block of headers that is continued for ever, %s, fills no memory and holds up nobody",
  async (_, piece) => {
    await using victim = await startVictim();
    await withinMemory(victim, async () => {
      using mallory = await victim.attack();
      await mallory.send(frame(types.headers, 0, 1, callHeaders("Info")));
      const burst = Buffer.concat(Array.from({ length: 200 }, () => frame(types.continuation, 0, 1, piece)));
      for (let i = 0; i < 100 && !mallory.isClosed(); i++) await mallory.send(burst);
      await victim.mustServe();
    });
  },
);
