import { expect, test } from "bun:test";
import { MAX_OUTPUT_BYTES } from "../../src/agent/messages.ts";
import { toPackedMessages } from "../../src/agent/packed-messages.ts";
import type { LogChunk } from "../../src/job/types.ts";
import { fromStreamLogsResponse } from "../../src/rpc/convert/responses.ts";
import { job_runner as wire } from "../../src/rpc/generated/job_runner.js";
import { MAX_UNPACKED_BYTES, unpack } from "../../src/rpc/unpack.ts";
import { randomFrom } from "../helpers/random.ts";

const random = randomFrom(7);
const { LOG_ENCODING_PLAIN, LOG_ENCODING_ZSTD } = wire.LogEncoding;
const text = (bytes: number) =>
  Buffer.from(
    Array.from({ length: bytes / 40 }, () => `GET /item/${random.int(1000)} 200 ${random.int(90)}ms\n`).join(
      "",
    ),
  ).subarray(0, bytes);

async function messagesOf(outputs: readonly Uint8Array[]) {
  async function* chunks(): AsyncGenerator<LogChunk> {
    let offset = 10;
    for (const output of outputs) {
      yield { jobId: "id", offset, output };
      offset += output.length;
    }
  }
  return Array.fromAsync(toPackedMessages("id", 10, chunks()));
}

/** What a client makes of them. */
function unpacked(messages: Awaited<ReturnType<typeof messagesOf>>): Buffer {
  let position = 10;
  const parts = messages
    .map((message) => fromStreamLogsResponse(message))
    .map(({ offset, output }) => {
      expect(offset).toBe(position);
      position += output.length;
      return output;
    });
  return Buffer.concat(parts);
}

test("text travels as a fraction of itself, in messages that small windows hold, and arrives as it was", async () => {
  const output = text(64_000);
  const messages = await messagesOf([output, output]);
  const sent = messages.reduce((sum, message) => sum + message.output.length, 0);
  expect(sent).toBeLessThan((output.length * 2) / 3);
  for (const message of messages) expect(message.output.length).toBeLessThanOrEqual(MAX_OUTPUT_BYTES);
  expect(unpacked(messages).equals(Buffer.concat([output, output]))).toBe(true);
});

test("what does not shrink is sent as it is, and tried ever less often, until it shrinks again", async () => {
  const noise = random.bytes(60_000);
  const compress = Bun.zstdCompress;
  let tries = 0;
  Bun.zstdCompress = ((...args: Parameters<typeof compress>) => {
    tries++;
    return compress(...args);
  }) as typeof compress;
  const lines = Array.from({ length: 40 }, () => text(16_000));
  const messages = await messagesOf([noise, noise, noise, noise, noise, noise, ...lines]).finally(() => {
    Bun.zstdCompress = compress;
  });
  expect(tries).toBeLessThan(40);
  expect(messages.slice(1, 20).every(({ encoding }) => encoding === LOG_ENCODING_PLAIN)).toBe(true);
  expect(messages.at(-1)?.encoding).toBe(LOG_ENCODING_ZSTD);
  expect(unpacked(messages).equals(Buffer.concat([noise, noise, noise, noise, noise, noise, ...lines]))).toBe(
    true,
  );
});

test("a few bytes are not worth it", async () => {
  const messages = await messagesOf([Buffer.from("a".repeat(500))]);
  expect(messages.map(({ encoding }) => encoding)).toEqual([LOG_ENCODING_PLAIN, LOG_ENCODING_PLAIN]);
});

test("a message that would use up the memory, or that nobody can unpack, is refused", async () => {
  const packed = (output: Uint8Array, unpackedBytes = MAX_UNPACKED_BYTES) => ({
    ...{ output, unpackedBytes, encoding: LOG_ENCODING_ZSTD },
  });
  const largest = await Bun.zstdCompress(Buffer.alloc(MAX_UNPACKED_BYTES));
  expect(unpack(packed(largest)).length).toBe(MAX_UNPACKED_BYTES);
  expect(() => unpack(packed(largest, MAX_UNPACKED_BYTES + 1))).toThrow("cannot be unpacked");
  expect(() => unpack(packed(largest, 1000))).toThrow("cannot be unpacked");
  const bomb = await Bun.zstdCompress(Buffer.alloc(100 * MAX_UNPACKED_BYTES));
  expect(bomb.length).toBeLessThan(MAX_OUTPUT_BYTES);
  for (const bytes of [bomb, Buffer.from("junk"), largest.subarray(0, 20)]) {
    expect(() => unpack(packed(bytes))).toThrow("cannot be unpacked");
  }
  expect(() => unpack({ ...packed(bomb), encoding: 7 as never })).toThrow(
    "packs output in a way that is not known here (7)",
  );
});
