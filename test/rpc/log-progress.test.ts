import { expect, test } from "bun:test";
import type { LogChunk } from "../../src/job/types.ts";
import { LogProgress } from "../../src/rpc/log-progress.ts";

const chunk = (offset: number, text: string, stream?: LogChunk["stream"]): LogChunk => ({
  ...{ jobId: "id", offset, output: Buffer.from(text) },
  ...(stream === undefined ? {} : { stream }),
});

test("output of one log goes on behind what came, of the same job", () => {
  const progress = new LogProgress({ name: "foo", offset: 7, timestamps: true });
  expect(progress.rest()).toEqual({ name: "foo", offset: 7, timestamps: true });
  progress.add(chunk(7, "abc"));
  expect(progress.rest()).toEqual({ name: "foo", jobId: "id", offset: 10, cuts: 0, timestamps: true });
});

test("output of two logs goes on behind what came of each", () => {
  const progress = new LogProgress({ name: "foo", stderrOffset: 5 });
  progress.add(chunk(5, "xy", "stderr"));
  const stderr = { stderrOffset: 7, stderrCuts: 0 };
  expect(progress.rest()).toEqual({ name: "foo", jobId: "id", offset: 0, ...stderr });
  progress.add({ ...chunk(0, "abc", "stdout"), cuts: 2 });
  expect(progress.rest()).toEqual({ name: "foo", jobId: "id", offset: 3, cuts: 2, ...stderr });
  expect(progress.position).toBe(10);
});

test("one stream of two counts by itself", () => {
  const progress = new LogProgress({ name: "foo", stream: "stderr" });
  progress.add(chunk(0, "xy", "stderr"));
  expect(progress.rest()).toEqual({ name: "foo", jobId: "id", stream: "stderr", offset: 2, cuts: 0 });
});

test("a selection is made once: with the places where it begins it is left out", () => {
  const selected = { name: "foo", tailLines: 3, since: new Date(1_000), until: new Date(2_000) };
  const progress = new LogProgress(selected);
  expect(progress.rest()).toEqual(selected);
  progress.add(chunk(90, "", "stdout"));
  // Where the other log begins is not known yet, so nothing was lost that the same selection does not bring.
  expect(progress.rest()).toEqual({ ...selected, jobId: "id" });
  progress.add(chunk(40, "", "stderr"));
  const { until } = selected;
  const places = { offset: 90, cuts: 0, stderrOffset: 40, stderrCuts: 0 };
  expect(progress.rest()).toEqual({ name: "foo", jobId: "id", until, ...places });
});

test("a log that was cut shorter goes on from its beginning", () => {
  const progress = new LogProgress({ name: "foo", offset: 1_000 });
  progress.add({ ...chunk(0, "new"), truncated: true, cuts: 1 });
  expect(progress.rest()).toEqual({ name: "foo", jobId: "id", offset: 3, cuts: 1 });
});
