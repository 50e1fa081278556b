import { expect, test } from "bun:test";
import { join } from "node:path";
import type { MethodDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { toStreamLogsResponse } from "../../src/rpc/convert/responses.ts";
import { jobService } from "../../src/rpc/schema.ts";

const proto = loadSync(join(import.meta.dir, "../../proto/job_runner.proto"), { longs: Number });
const reference = proto["job_runner.JobService"] as Record<string, MethodDefinition<object, object>>;

type Shape = Pick<MethodDefinition<object, object>, "path" | "requestStream" | "responseStream">;

test("paths and kinds of all calls are those of the proto", () => {
  const shapeOf = ({ path, requestStream, responseStream }: Shape): Shape => ({
    ...{ path, requestStream, responseStream },
  });
  const ours = Object.values(jobService).map(shapeOf);
  const theirs = Object.values(reference).map(shapeOf);
  const byPath = (a: { path: string }, b: { path: string }) => a.path.localeCompare(b.path);
  expect(ours.sort(byPath)).toEqual(theirs.sort(byPath));
});

test("int64 is a plain number, also above 2^32 and below 0", () => {
  const { responseSerialize, responseDeserialize } = jobService.streamLogs;
  for (const offset of [0, 1, 2 ** 32 + 5, 2 ** 40 + 3, Number.MAX_SAFE_INTEGER, -1]) {
    const bytes = responseSerialize(toStreamLogsResponse({ output: Buffer.from("x"), offset, jobId: "id" }));
    expect(responseDeserialize(bytes).offset).toBe(offset);
    expect(reference["StreamLogs"]?.responseDeserialize(bytes)).toMatchObject(offset === 0 ? {} : { offset });
  }
});

test("fields that the sender left out hold their defaults", () => {
  expect(jobService.get.requestDeserialize(Buffer.alloc(0))).toMatchObject({});
  const job = jobService.get.responseDeserialize(Buffer.alloc(0));
  expect([job.name, job.logBytes, job.args, job.createdAt]).toEqual(["", 0, [], null]);
  expect(jobService.streamLogs.requestDeserialize(Buffer.alloc(0)).offset).toBe(0);
});

test("fields of newer peers are skipped", () => {
  // Field 100, length-delimited, "new".
  const bytes = Buffer.concat([
    jobService.get.requestSerialize({ name: "foo", jobId: "" }),
    Buffer.from([0xa2, 0x06, 0x03]),
    Buffer.from("new"),
  ]);
  const request = jobService.get.requestDeserialize(bytes);
  expect(request.name).toBe("foo");
  expect(request.$unknowns).toBeUndefined();
});

test("text that is not UTF-8 is refused", () => {
  expect(() => jobService.get.requestDeserialize(Buffer.from([0x0a, 0x02, 0xff, 0xfe]))).toThrow();
});
