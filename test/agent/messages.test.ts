import { expect, test } from "bun:test";
import { MAX_OUTPUT_BYTES, toMessages } from "../../src/agent/messages.ts";
import type { LogChunk } from "../../src/job/types.ts";

type Piece = { readonly offset: number; readonly output: Uint8Array };

async function messagesOf(pieces: readonly Piece[], offset?: number) {
  async function* chunks() {
    for (const piece of pieces) yield { jobId: "id", ...piece };
  }
  return Array.fromAsync(toMessages("id", offset, chunks()));
}

/** One text read in pieces of so many bytes. */
function inPieces(text: string, size: number): Piece[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, i) => ({
    ...{ offset: i * size, output: bytes.subarray(i * size, (i + 1) * size) },
  }));
}

test("the first message holds the job's id and no output, before there is any", async () => {
  const [first, ...more] = await messagesOf([], 42);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ jobId: "id", offset: 42, output: new Uint8Array(0) });
});

test("messages hold at most 16 KiB, and together every byte once, in order", async () => {
  const output = Buffer.alloc(200_001, "\u0000\xff\x80abc", "latin1");
  const messages = await messagesOf([
    { offset: 10, output: output.subarray(0, 70_000) },
    { offset: 70_010, output: output.subarray(70_000, 70_003) },
    { offset: 70_013, output: output.subarray(70_003) },
  ]);
  let position = 10;
  for (const { offset, output: part } of messages.slice(1)) {
    expect(offset).toBe(position);
    expect(part.length).toBeWithin(1, MAX_OUTPUT_BYTES + 1);
    position += part.length;
  }
  expect(Buffer.concat(messages.map((m) => m.output)).equals(output)).toBe(true);
});

test.each(["é", "€", "\u{1f600}"])(
  "no message of a backlog splits a character of UTF-8 (%s)",
  async (character) => {
    const text = `x${character.repeat(60_000)}y`;
    const messages = await messagesOf(inPieces(text, 64 * 1024));
    const strict = new TextDecoder("utf-8", { fatal: true });
    const decoded = messages.map((message) => strict.decode(message.output));
    expect(decoded.join("") === text).toBe(true);
  },
);

test("live output that comes in blocks of any size never splits a character", async () => {
  for (const size of [1, 2, 3, 5]) {
    const messages = await messagesOf(inPieces("aé€\u{1f600}b", size));
    const strict = new TextDecoder("utf-8", { fatal: true });
    expect(messages.map(({ output }) => strict.decode(output)).join("")).toBe("aé€\u{1f600}b");
  }
});

test("half a character whose rest does not come is sent soon, while the job goes on", async () => {
  const { promise: forever, resolve: end } = Promise.withResolvers<void>();
  async function* chunks() {
    yield { jobId: "id", offset: 0, output: Buffer.from([0x61, 0xe2, 0x82]) };
    await forever;
  }
  const messages = toMessages("id", 0, chunks());
  const sent: number[][] = [];
  for await (const { output } of messages) {
    sent.push([...output]);
    if (sent.length === 3) end();
  }
  expect(sent).toEqual([[], [0x61], [0xe2, 0x82]]);
});

test("what was held back is sent at the end, and not joined to output from elsewhere", async () => {
  const big = Buffer.concat([Buffer.alloc(MAX_OUTPUT_BYTES, "a"), Buffer.from([0xe2])]);
  const alone = await messagesOf([{ offset: 0, output: big }]);
  expect(alone.at(-1)).toMatchObject({
    jobId: "",
    offset: MAX_OUTPUT_BYTES,
    output: new Uint8Array([0xe2]),
  });
  const elsewhere = await messagesOf([
    { offset: 0, output: big },
    { offset: 1_000_000, output: Buffer.from("b") },
  ]);
  expect(elsewhere.slice(-2).map((m) => [m.offset, [...m.output]])).toEqual([
    [MAX_OUTPUT_BYTES, [0xe2]],
    [1_000_000, [0x62]],
  ]);
});

test("the halves of a character are joined in the log they are from, and not across two times", async () => {
  const [first, second] = [Buffer.from([0x61, 0xe2, 0x82]), Buffer.from([0xac])];
  async function* chunks(time?: [Date, Date]): AsyncGenerator<LogChunk> {
    const times = (index: 0 | 1) => (time ? { time: time[index] } : {});
    yield { jobId: "id", stream: "stdout", offset: 0, output: first, ...times(0) };
    yield { jobId: "id", stream: "stderr", offset: 0, output: Buffer.from("x"), ...times(0) };
    yield { jobId: "id", stream: "stdout", offset: 3, output: second, ...times(1) };
  }
  const sent = async (time?: [Date, Date]) => {
    const messages = await Array.fromAsync(toMessages("id", undefined, chunks(time)));
    return messages
      .slice(1)
      .map(({ stream, output }) => `${stream} ${Buffer.from(output).toString("latin1")}`);
  };
  expect(await sent()).toEqual(["1 a", "2 x", "1 \xe2\x82\xac"]);
  expect(await sent([new Date(1_000), new Date(2_000)])).toEqual(["1 a", "2 x", "1 \xe2\x82", "1 \xac"]);
});

test("what is missing is said once, with the first message after it, and at once where none follows", async () => {
  async function* chunks(): AsyncGenerator<LogChunk> {
    yield { jobId: "id", offset: 90, output: Buffer.alloc(MAX_OUTPUT_BYTES + 1), discardedBytes: 90 };
    yield { jobId: "id", offset: 0, output: Buffer.alloc(0), truncated: true };
  }
  const messages = await Array.fromAsync(toMessages("id", undefined, chunks()));
  expect(
    messages.slice(1).map((it) => [it.offset, it.output.length, it.discardedBytes, it.truncated]),
  ).toEqual([
    [90, MAX_OUTPUT_BYTES, 90, false],
    [90 + MAX_OUTPUT_BYTES, 1, 0, false],
    [0, 0, 0, true],
  ]);
});
