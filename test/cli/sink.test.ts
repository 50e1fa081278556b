import { afterAll, afterEach, expect, spyOn, test } from "bun:test";
import { LabelledSink } from "../../src/cli/sink.ts";
import type { LogChunk } from "../../src/job/types.ts";

let shown = "";
const streams = [process.stdout, process.stderr].map((stream) =>
  spyOn(stream, "write").mockImplementation((output) => {
    shown += Buffer.from(output as Uint8Array).toString();
    return true;
  }),
);
afterAll(() => {
  for (const stream of streams) stream.mockRestore();
});
afterEach(() => {
  shown = "";
});

function chunk(text: string, stream?: "stdout" | "stderr"): LogChunk {
  return { jobId: "id", offset: 0, output: Buffer.from(text), ...(stream && { stream }) } as LogChunk;
}

test("pieces of a line are put together, and what has no end gets one", async () => {
  const sink = new LabelledSink("a", 3);
  await sink.write(chunk("one\ntw"));
  await sink.write(chunk("o\n\nthr"));
  expect(shown).toBe("a   | one\na   | two\na   | \n");
  await sink.end();
  await sink.end();
  expect(shown).toEndWith("\na   | thr\n");
});

test("the streams of a job have lines of their own, and a character may be split", async () => {
  const sink = new LabelledSink("a", 1);
  await sink.write(chunk("out", "stdout"));
  await sink.write(chunk("err\n", "stderr"));
  await sink.write({ ...chunk("", "stdout"), output: Buffer.from("é").subarray(0, 1) });
  await sink.write({
    ...chunk("", "stdout"),
    output: Buffer.concat([Buffer.from("é").subarray(1), Buffer.from("\n")]),
  });
  expect(shown).toBe("a | err\na | outé\n");
});

test("a line without end is broken, so that memory stays bounded", async () => {
  const sink = new LabelledSink("a", 1);
  await sink.write(chunk("x".repeat(70_000)));
  expect(shown).toHaveLength(70_000 + "a | \n".length);
});

test("every line of a result and of a remark has the name", async () => {
  const sink = new LabelledSink("a", 5);
  await sink.print("one\ntwo");
  sink.note("three");
  expect(shown).toBe("a: one\na: two\na: three\n");
});
