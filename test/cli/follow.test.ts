import { expect, test } from "bun:test";
import { copyLogs, waitForEnd } from "../../src/cli/follow.ts";
import type { Client } from "../../src/client/client.ts";
import { JobError } from "../../src/job/errors.ts";
import type { FinishedJob, LogChunk, StreamLogsInput, WaitInput } from "../../src/job/types.ts";

const OUTPUT = "0123456789";
const lost = () => new JobError("UNAVAILABLE", "the connection was lost");

/** A client whose streams are what `attempts` say, one after another; it keeps what it was asked for. */
function clientWith(attempts: ((input: StreamLogsInput) => AsyncGenerator<LogChunk>)[]) {
  const asked: StreamLogsInput[] = [];
  const streamLogs = (input: StreamLogsInput) => {
    asked.push(input);
    const attempt = attempts[Math.min(asked.length, attempts.length) - 1];
    if (attempt === undefined) throw new Error("no attempt was planned");
    return attempt(input);
  };
  return { client: { streamLogs } as unknown as Client, asked };
}

/** Sends OUTPUT from the asked byte, `size` bytes at a time, and breaks off after `count` pieces. */
function pieces(size: number, count: number, error?: Error) {
  return async function* ({ offset = 0 }: StreamLogsInput): AsyncGenerator<LogChunk> {
    for (let n = 0; n < count && offset + n * size < OUTPUT.length; n++) {
      const start = offset + n * size;
      yield { jobId: "id-1", offset: start, output: Buffer.from(OUTPUT.slice(start, start + size)) };
    }
    if (error) throw error;
  };
}

function recorder() {
  const received: string[] = [];
  const notes: string[] = [];
  const options = {
    signal: new AbortController().signal,
    note: (text: string) => void notes.push(text),
    write: async ({ output }: LogChunk) => void received.push(Buffer.from(output).toString()),
  };
  return { options, notes, text: () => received.join("") };
}

test("a lost connection is taken up at the exact byte, by the job's id, and remarked on once", async () => {
  const { client, asked } = clientWith([pieces(3, 2, lost()), pieces(1, 0, lost()), pieces(4, 9)]);
  const { options, notes, text } = recorder();
  await copyLogs(client, { name: "foo" }, options);
  expect(text()).toBe(OUTPUT);
  expect(asked).toEqual([
    { name: "foo", offset: 0 },
    { name: "foo", jobId: "id-1", offset: 6, cuts: 0 },
    { name: "foo", jobId: "id-1", offset: 6, cuts: 0 },
  ]);
  expect(notes).toEqual([
    "lost the agent at byte 6 of the output, trying again (the connection was lost)",
    "the agent is back",
  ]);
});

test("each loss after a success is remarked on again", async () => {
  const { client } = clientWith([pieces(3, 1, lost()), pieces(3, 1, lost()), pieces(9, 9)]);
  const { options, notes, text } = recorder();
  await copyLogs(client, { name: "foo" }, options);
  expect(text()).toBe(OUTPUT);
  const words = notes.map((note) => note.split(" at byte")[0]);
  expect(words).toEqual(["lost the agent", "the agent is back", "lost the agent", "the agent is back"]);
});

test("an agent that never answered is not tried again", async () => {
  const { client, asked } = clientWith([pieces(1, 0, lost())]);
  const { options } = recorder();
  expect(copyLogs(client, { name: "foo" }, options)).rejects.toThrow("the connection was lost");
  expect(asked).toHaveLength(1);
});

test("only a lost connection is tried again", async () => {
  const { client, asked } = clientWith([pieces(3, 1, new JobError("LOG_DAMAGED", "the log was removed"))]);
  const { options, text } = recorder();
  await expect(copyLogs(client, { name: "foo" }, options)).rejects.toThrow("the log was removed");
  expect(text()).toBe("012");
  expect(asked).toHaveLength(1);
});

test("an agent that stays away is given up", async () => {
  const { client, asked } = clientWith([pieces(3, 1, lost()), pieces(1, 0, lost())]);
  const { options } = recorder();
  const copying = copyLogs(client, { name: "foo" }, { ...options, patienceMs: 50 });
  await expect(copying).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(asked.length).toBeGreaterThan(1);
});

test("a piece is taken only when the one before it has been written", async () => {
  let writing = 0;
  const { client } = clientWith([pieces(1, OUTPUT.length)]);
  const { options } = recorder();
  const write = async () => {
    writing += 1;
    expect(writing).toBe(1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    writing -= 1;
  };
  await copyLogs(client, { name: "foo" }, { ...options, write });
});

test("an interrupted pause ends at once", async () => {
  const controller = new AbortController();
  const { client } = clientWith([pieces(3, 1, lost()), pieces(1, 0, lost())]);
  const { options } = recorder();
  const note = () => controller.abort();
  await expect(
    copyLogs(client, { name: "foo" }, { ...options, note, signal: controller.signal }),
  ).rejects.toThrow();
});

test("waiting goes on across a lost connection", async () => {
  const asked: WaitInput[] = [];
  const end = { name: "foo" } as FinishedJob;
  const wait = async (input: WaitInput) => {
    asked.push(input);
    if (asked.length < 3) throw lost();
    return end;
  };
  const { options, notes } = recorder();
  expect(await waitForEnd({ wait } as unknown as Client, { name: "foo", jobId: "id-1" }, options)).toBe(end);
  expect(asked).toEqual(Array(3).fill({ name: "foo", jobId: "id-1" }));
  expect(notes).toEqual(["lost the agent while waiting, trying again (the connection was lost)"]);
});
