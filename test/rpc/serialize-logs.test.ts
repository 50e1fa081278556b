import { expect, test } from "bun:test";
import { toStreamLogsResponse } from "../../src/rpc/convert/responses.ts";
import { job_runner as wire } from "../../src/rpc/generated/job_runner.js";
import { serializeLogs } from "../../src/rpc/serialize-logs.ts";

test("a message of a log has the bytes that the generated code makes", () => {
  for (const length of [0, 1, 127, 128, 16_256, 2 ** 21]) {
    for (const [offset, jobId] of [[0, ""] as const, [2 ** 40 + 3, "id-1"] as const]) {
      const message = toStreamLogsResponse({
        output: Buffer.alloc(length, "x"),
        offset,
        jobId,
      });
      const expected = Buffer.from(wire.StreamLogsResponse.encode(message).finish());
      expect(serializeLogs(message).equals(expected)).toBe(true);
    }
  }
});
