import { expect, test } from "bun:test";
import { failureNote, refusalNote } from "../../../src/agent/audit/failure.ts";
import { JobError, type JobErrorCode } from "../../../src/job/index.ts";

const by = {
  caller: {
    ...({ tenant: "bob", role: "user", fingerprint: "cd".repeat(32) } as const),
    certificateExpiresAt: new Date(),
  },
  address: "192.0.2.7:40000",
};
const note = (rpc: string, error: unknown, request: object = { name: "web", jobId: "id-1" }) =>
  failureNote({ rpc, request, by, address: "192.0.2.9:1" }, error);
const error = (code: JobErrorCode) => new JobError(code, "what went wrong");

test("a failed call is told of with who made it, from where, and about which job", () => {
  expect(note("Get", error("PERMISSION_DENIED"))).toEqual({
    ...{ tenant: "bob", role: "user", fingerprint: "cd".repeat(32), address: "192.0.2.7:40000" },
    ...{ action: "Get", jobName: "web", jobId: "id-1", outcome: "PERMISSION_DENIED", time: expect.any(Date) },
    detail: "what went wrong",
  });
});

test("a call of somebody unknown is told of by the address alone", () => {
  const unknown = { rpc: "List", request: {}, by: undefined, address: "192.0.2.9:1" };
  expect(failureNote(unknown, error("UNAUTHENTICATED"))).toMatchObject({
    ...{
      tenant: "",
      role: "",
      fingerprint: "",
      address: "192.0.2.9:1",
      jobName: "",
      outcome: "UNAUTHENTICATED",
    },
  });
});

const refusals = ["UNAUTHENTICATED", "PERMISSION_DENIED", "QUOTA_EXCEEDED"] as const;
const failures = [
  "INVALID_INPUT",
  "COMMAND_NOT_FOUND",
  "JOB_NOT_FOUND",
  "NAME_TAKEN",
  "JOB_RUNNING",
  "INTERNAL",
] as const;

test.each(["Run", "Stop", "Signal", "Remove"])("every failure of %s is told of", (rpc) => {
  for (const code of [...refusals, ...failures]) expect(note(rpc, error(code))).toBeDefined();
  expect(note(rpc, new Error("a defect"))).toMatchObject({ outcome: "INTERNAL" });
});

test.each(["Get", "List", "Wait", "StreamLogs", "Stats", "Watch", "Info", "Audit"])(
  "of %s the refusals alone are told of",
  (rpc) => {
    for (const code of refusals) expect(note(rpc, error(code))).toBeDefined();
    for (const code of failures) expect(note(rpc, error(code))).toBeUndefined();
  },
);

test("a look at somebody else's job is a refusal that names the owner, one at no job is none", () => {
  const hidden = new JobError("JOB_NOT_FOUND", "there is no such job", {
    cause: new Error("it belongs to alice"),
  });
  expect(note("Get", hidden)).toMatchObject({ outcome: "NOT_FOUND", detail: "it belongs to alice" });
  expect(note("Get", error("JOB_NOT_FOUND"))).toBeUndefined();
});

test("a caller that left, and an agent that is stopping, refuse nobody", () => {
  for (const code of ["CANCELLED", "UNAVAILABLE"] as const) expect(note("Run", error(code))).toBeUndefined();
});

test("what a request holds is not repeated, nor what happened inside of the agent", () => {
  const invalid = new JobError("INVALID_INPUT", 'args[0] must not hold NUL, got "hunter2"');
  expect(JSON.stringify(note("Run", invalid))).not.toContain("hunter2");
  expect(JSON.stringify(note("Run", new Error("/var/lib/lpr is full")))).not.toContain("/var/lib");
});

test("a refused connection is told of by what is known of it", () => {
  const refusal = { kind: "handshake", address: "192.0.2.7:40000", reason: "no client certificate" } as const;
  expect(refusalNote(refusal)).toEqual({
    ...{ action: "connect", outcome: "UNAUTHENTICATED", address: "192.0.2.7:40000", time: expect.any(Date) },
    ...{ detail: "no client certificate", tenant: "", role: "", fingerprint: "", jobName: "", jobId: "" },
  });
  expect(refusalNote({ ...refusal, kind: "connections" }).outcome).toBe("RESOURCE_EXHAUSTED");
  expect(refusalNote({ ...refusal, kind: "protocol" }).outcome).toBe("INVALID_ARGUMENT");
});
