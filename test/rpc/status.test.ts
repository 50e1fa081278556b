import { expect, test } from "bun:test";
import { Metadata, status } from "@grpc/grpc-js";
import { JobError, type JobErrorCode } from "../../src/job/errors.ts";
import { fromWireStatus, isFromAgent, toWireStatus } from "../../src/rpc/status.ts";

const table: Record<JobErrorCode, status> = {
  INVALID_INPUT: status.INVALID_ARGUMENT,
  COMMAND_NOT_FOUND: status.NOT_FOUND,
  JOB_NOT_FOUND: status.NOT_FOUND,
  NAME_TAKEN: status.ALREADY_EXISTS,
  JOB_RUNNING: status.FAILED_PRECONDITION,
  JOB_ENDED: status.FAILED_PRECONDITION,
  SEQUENCE_GONE: status.OUT_OF_RANGE,
  UNAUTHENTICATED: status.UNAUTHENTICATED,
  PERMISSION_DENIED: status.PERMISSION_DENIED,
  HOST_UNSUPPORTED: status.FAILED_PRECONDITION,
  QUOTA_EXCEEDED: status.RESOURCE_EXHAUSTED,
  DISK_FULL: status.RESOURCE_EXHAUSTED,
  LOG_DAMAGED: status.DATA_LOSS,
  UNAVAILABLE: status.UNAVAILABLE,
  CANCELLED: status.CANCELLED,
  INTERNAL: status.INTERNAL,
};

test.each(Object.entries(table) as [JobErrorCode, status][])(
  "%s is gRPC status %d, and comes back",
  (code, expected) => {
    const sent = toWireStatus(new JobError(code, "what happened: ä%\n", { hint: "do “this”" }));
    expect(sent.code).toBe(expected);
    const received = fromWireStatus(sent);
    expect(received).toMatchObject({ code, message: "what happened: ä%\n", hint: "do “this”" });
    expect(isFromAgent(sent)).toBe(true);
  },
);

test("a status without lpr-code is read by its gRPC code", () => {
  const read = (code: status) => fromWireStatus({ code, details: "", metadata: new Metadata() }).code;
  expect(read(status.NOT_FOUND)).toBe("JOB_NOT_FOUND");
  expect(read(status.UNIMPLEMENTED)).toBe("HOST_UNSUPPORTED");
  expect(read(status.UNKNOWN)).toBe("INTERNAL");
  expect(read(99 as status)).toBe("INTERNAL");
});

test("a code that only a newer agent knows is read by its gRPC code", () => {
  const metadata = new Metadata();
  metadata.set("lpr-code", "TOO_MANY_MOONS");
  const error = fromWireStatus({ code: status.RESOURCE_EXHAUSTED, details: "moons", metadata });
  expect(error).toMatchObject({ code: "QUOTA_EXCEEDED", message: "moons" });
});

test("texts are cut to what fits into trailers, and half a surrogate pair does no harm", () => {
  const { details, metadata } = toWireStatus(
    new JobError("INVALID_INPUT", `\ud800${"é".repeat(100_000)}`, { hint: "\u{1f600}".repeat(10_000) }),
  );
  expect(encodeURI(details).length).toBeLessThan(2_100);
  expect(metadata.get("lpr-hint-bin")[0]?.length).toBeLessThan(2_100);
});
