import { expect, test } from "bun:test";
import { EventEmitter } from "node:events";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { toMessages } from "../../src/agent/messages.ts";
import { type SendOptions, sendAll } from "../../src/agent/send.ts";
import type { LogChunk } from "../../src/job/types.ts";
import type { ResponseOf } from "../../src/rpc/schema.ts";
import { serializeLogs } from "../../src/rpc/serialize-logs.ts";
import { until } from "../helpers/until.ts";

/** As the library reads a log. */
const CHUNK_BYTES = 32_500;

type Message = ResponseOf<"streamLogs">;

/** A call whose HTTP/2 stream takes nothing before it is told to. */
function stoppedCall() {
  const waiting: { readonly bytes: number; readonly taken: () => void }[] = [];
  const write = (frame: Buffer, taken: () => void) => void waiting.push({ bytes: frame.length, taken });
  const stream = { writable: true, headersSent: true, close: () => undefined, write };
  const call = Object.assign(new EventEmitter(), { call: { stream }, end: () => undefined });
  return { call: call as unknown as ServerWritableStream<unknown, Message>, waiting };
}

test("a client that does not read costs 64 KiB at most, however much there is", async () => {
  const { call, waiting } = stoppedCall();
  const ended = new AbortController();
  const options: SendOptions = {
    signal: ended.signal,
    stalledAfterMs: 60_000,
    onStalled: () => undefined,
    answer: (error) => {
      throw error;
    },
  };
  const count = 200;
  let read = 0;
  async function* chunks(): AsyncGenerator<LogChunk> {
    while (read < count)
      yield { jobId: "id", offset: CHUNK_BYTES * read++, output: Buffer.alloc(CHUNK_BYTES) };
  }
  const sending = sendAll(call, toMessages("id", 0, chunks()), serializeLogs, options);
  let sent = 0;
  let most = 0;
  while (sent < CHUNK_BYTES * count) {
    await until(() => waiting.length > 0, "something is sent");
    // Whatever else would come without being taken has had its turn by then.
    for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
    const unsent = waiting.reduce((sum, { bytes }) => sum + bytes, 0);
    most = Math.max(most, unsent + CHUNK_BYTES);
    const next = waiting.shift();
    sent += next?.bytes ?? 0;
    next?.taken();
  }
  expect(read).toBe(count);
  expect(most).toBeLessThanOrEqual(64 * 1024);
  ended.abort();
  await sending;
});
