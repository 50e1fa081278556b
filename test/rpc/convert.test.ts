import { expect, test } from "bun:test";
import type { Job, JobState } from "../../src/job/index.ts";
import { type AgentInfo, fromInfoResponse, toInfoResponse } from "../../src/rpc/convert/info.ts";
import {
  fromListRequest,
  fromRunRequest,
  fromSelector,
  fromSignalRequest,
  fromStopRequest,
  fromStreamLogsRequest,
  toListRequest,
  toRunRequest,
  toSelector,
  toSignalRequest,
  toStopRequest,
  toStreamLogsRequest,
} from "../../src/rpc/convert/requests.ts";
import {
  fromGetResponse,
  fromListResponse,
  fromStopResponse,
  fromStreamLogsResponse,
  fromWaitResponse,
  toGetResponse,
  toListResponse,
  toStopResponse,
  toStreamLogsResponse,
} from "../../src/rpc/convert/responses.ts";
import {
  fromJobStats,
  fromStatsRequest,
  fromWatchResponse,
  toJobStats,
  toStatsRequest,
  toWatchResponse,
} from "../../src/rpc/convert/streams.ts";
import type { RemoteJob } from "../../src/rpc/remote-job.ts";
import { jobService, type RequestOf, type ResponseOf, type Rpc } from "../../src/rpc/schema.ts";

/** As the other side receives it. */
function sentRequest<R extends Rpc>(rpc: R, request: RequestOf<R>): RequestOf<R> {
  const { requestSerialize, requestDeserialize } = jobService[rpc];
  return requestDeserialize(requestSerialize(request as never)) as RequestOf<R>;
}
function sentResponse<R extends Rpc>(rpc: R, response: ResponseOf<R>): ResponseOf<R> {
  const { responseSerialize, responseDeserialize } = jobService[rpc];
  return responseDeserialize(responseSerialize(response as never)) as ResponseOf<R>;
}

const finishedAt = new Date("2026-11-24T01:02:03.456Z");
const states: JobState[] = [
  { status: "RUNNING", pid: 4711 },
  { status: "SUCCEEDED", reason: "EXITED", exitCode: 0, finishedAt },
  { status: "FAILED", reason: "EXITED", exitCode: 3, finishedAt },
  { status: "FAILED", reason: "SIGNALED", exitCode: 139, signal: "SIGSEGV", finishedAt },
  { status: "FAILED", reason: "STOPPED", exitCode: 143, signal: "SIGTERM", causedBy: "bob", finishedAt },
  { status: "SUCCEEDED", reason: "STOPPED", exitCode: 0, causedBy: "bob", finishedAt },
  { status: "FAILED", reason: "TIMED_OUT", exitCode: 137, signal: "SIGKILL", finishedAt },
  { status: "FAILED", reason: "OOM_KILLED", exitCode: 137, signal: "SIGKILL", finishedAt },
  { status: "FAILED", reason: "START_FAILED", finishedAt },
  { status: "FAILED", reason: "LOST", finishedAt },
];

const jobIn = (state: JobState): Job => ({
  id: "01a20aee-0c17-77e8-bb88-d3286b6b03b3",
  name: "foo",
  createdBy: "zoë",
  command: "/bin/sh",
  args: ["-c", "", "echo \u{1f600}"],
  workingDir: "/tmp",
  createdAt: new Date("2026-11-24T00:00:00.001Z"),
  startedAt: new Date("2026-11-24T00:00:00.999Z"),
  state,
  output: "split",
  logBytes: 2 ** 40 + 1,
  maxLogBytes: 2 ** 30,
  logDiscardedBytes: 2 ** 40 - 2 ** 30,
  labels: { team: "a", empty: "" },
  killMode: "all",
  timeoutAt: new Date("2026-11-25T00:00:00.500Z"),
  limits: {
    ...{ cpuCores: 0.5, memoryBytes: 2 ** 33, pids: 7, ioDevice: "8:0", openFiles: 64 },
    ...{ ioReadBytesPerSecond: 1, ioWriteBytesPerSecond: 2, ioReadOpsPerSecond: 3, ioWriteOpsPerSecond: 4 },
  },
  limitsInEffect: { cpuCores: 0.5 },
  usage: {
    cpuMs: 1.5,
    oomKills: 0,
    memoryPeakBytes: 2 ** 40,
    pressure: { io: { someAvg10: 0.25, someTotalMs: 3 } },
  },
  ...{ isolated: true, user: "lpr-70000" },
});

test.each(states)("a job in state %j arrives as it was sent", (state) => {
  const job = jobIn(state);
  expect(fromGetResponse(sentResponse("get", toGetResponse(job)))).toStrictEqual(job);
});

test("a job of a fleet arrives as it was sent, also one that never ran", () => {
  const { startedAt, ...job } = jobIn({ status: "RUNNING", pid: 1 });
  const fleet = { pool: "build", attempt: 1, fence: 0, retry: 3, queuedAt: finishedAt };
  const jobs: RemoteJob[] = [
    { ...job, state: { status: "PENDING" }, fleet },
    { ...job, startedAt, fleet: { ...fleet, agent: "b1", attempt: 2, fence: 7 } },
    { ...job, state: { status: "FAILED", reason: "START_FAILED", finishedAt }, fleet, message: "no /bin/x" },
  ];
  for (const each of jobs) {
    expect(fromGetResponse(sentResponse("get", toGetResponse(each)))).toStrictEqual(each);
    const event = { sequence: 1, time: finishedAt, type: "QUEUED", job: each } as const;
    expect(fromWatchResponse(sentResponse("watch", toWatchResponse(event)))).toStrictEqual(event);
  }
});

test("a job that waits has not ended: it has neither end nor exit code on the wire", () => {
  const response = toGetResponse({ ...jobIn({ status: "RUNNING", pid: 1 }), state: { status: "PENDING" } });
  expect(response).toMatchObject({ status: 3, exitCode: 0, reason: 0, finishedAt: null, pid: 0 });
  expect(fromWaitResponse({ job: response })).toBeUndefined();
});

test("the exit code on the wire is 0 while a job runs and -1 where there is none", () => {
  expect(toGetResponse(jobIn({ status: "RUNNING", pid: 1 })).exitCode).toBe(0);
  expect(toGetResponse(jobIn({ status: "FAILED", reason: "LOST", finishedAt })).exitCode).toBe(-1);
  expect(toStopResponse({ status: "FAILED" }).exitCode).toBe(-1);
});

test("requests arrive as they were sent", () => {
  const run = {
    ...{ name: "foo", command: "sh", args: ["-c", ""], env: ["A=b=c", "B="], workingDir: "/srv" },
    ...{ generateName: true, labels: { a: "b" }, timeoutMs: 1_500, limits: { cpuCores: 0.5, pids: 3 } },
    ...{ killMode: "all" as const, ifExists: "replace" as const, requestId: "r", dryRun: true, user: "www" },
    ...{ output: "split" as const, maxLogBytes: 2 ** 40 },
    isolate: true,
    fleet: { pool: "build", prefer: { disk: "ssd" }, retry: 2 },
  };
  expect(fromRunRequest(sentRequest("run", toRunRequest(run)))).toEqual(run);
  const signal = { name: "foo", jobId: "id", signal: "HUP", all: true };
  expect(fromSignalRequest(sentRequest("signal", toSignalRequest(signal)))).toStrictEqual(signal);
  const stats = { name: "foo", jobId: "id", intervalMs: 2_500 };
  expect(fromStatsRequest(sentRequest("stats", toStatsRequest(stats)))).toStrictEqual(stats);
  const selector = { name: "foo", jobId: "id" };
  expect(fromSelector(sentRequest("get", toSelector(selector)))).toStrictEqual(selector);
  expect(fromSelector(sentRequest("wait", toSelector(selector)))).toStrictEqual(selector);
  for (const gracePeriodMs of [undefined, 0, 1, 999, 1_500, 86_400_000, -5, -1_500]) {
    const stop = { ...selector, gracePeriodMs };
    expect(fromStopRequest(sentRequest("stop", toStopRequest(stop)))).toStrictEqual(stop);
  }
  const places = { offset: 2 ** 33, cuts: 0, stderrOffset: 2 ** 34, stderrCuts: 3 };
  const resumed = { ...selector, ...places, follow: false };
  const selected = {
    ...{ ...selector, stream: "stderr" as const, tailLines: 0, timestamps: true, follow: true },
    ...{ since: new Date("2026-11-24T01:02:03.456Z"), until: new Date("2026-11-24T01:02:03.457Z") },
  };
  for (const logs of [resumed, selected]) {
    expect(
      fromStreamLogsRequest(sentRequest("streamLogs", toStreamLogsRequest(logs, { acceptZstd: false }))),
    ).toMatchObject(logs);
  }
  const list = {
    ...{ statuses: ["FAILED", "RUNNING", "PENDING"] as const, createdBy: "bob", pageSize: 7, pageToken: "t" },
    labels: { a: "b" },
    ...{ namePrefix: "web-", fleet: true, pool: "build" },
  };
  expect(fromListRequest(sentRequest("list", toListRequest(list)))).toEqual({
    ...list,
    statuses: [...list.statuses],
  });
});

test("what a caller leaves out stays left out", () => {
  const left = fromRunRequest(sentRequest("run", toRunRequest({ name: "foo", command: "sh" })));
  expect(left).toEqual({
    ...{ name: "foo", command: "sh", args: [], env: [], labels: {}, limits: {} },
    ...{ generateName: false, dryRun: false, killMode: "main", ifExists: "fail", output: "combined" },
    isolate: false,
  });
  expect(fromSelector(sentRequest("get", toSelector({ name: "foo" }))).jobId).toBeUndefined();
  expect(
    fromStreamLogsRequest(
      sentRequest("streamLogs", toStreamLogsRequest({ name: "foo" }, { acceptZstd: false })),
    ),
  ).toEqual({
    ...{ name: "foo", jobId: undefined, offset: undefined, follow: true, timestamps: false },
  });
  expect(fromListRequest(sentRequest("list", toListRequest({})))).toEqual({
    ...{ statuses: undefined, createdBy: undefined, pageSize: undefined, pageToken: undefined, labels: {} },
    ...{ namePrefix: undefined, fleet: false, pool: undefined },
  });
});

test("choices of a newer client are refused, all at once", () => {
  const request = {
    ...sentRequest("run", toRunRequest({ name: "foo", command: "sh" })),
    killMode: 7,
    ifExists: 9,
    outputMode: 8,
  };
  expect(() => fromRunRequest(request)).toThrow(
    "kill_mode must be 0 or 1, got 7; output_mode must be 0 or 1, got 8; if_exists must be 0, 1 or 2, got 9",
  );
  const logs = {
    ...sentRequest("streamLogs", toStreamLogsRequest({ name: "foo" }, { acceptZstd: false })),
    stream: 3,
  };
  expect(() => fromStreamLogsRequest(logs)).toThrow("stream must be 0, 1 or 2, got 3");
});

test("events and statistics arrive as they were sent", () => {
  const event = {
    sequence: 2 ** 45,
    time: finishedAt,
    type: "ENDED",
    job: jobIn({ status: "RUNNING", pid: 1 }),
  } as const;
  expect(fromWatchResponse(sentResponse("watch", toWatchResponse(event)))).toStrictEqual(event);
  const { id, name, createdBy, startedAt, limitsInEffect, usage = {} } = event.job;
  const stats = { id, name, createdBy, startedAt, limitsInEffect, usage, time: finishedAt };
  const [sent] = sentResponse("stats", { jobs: [toJobStats(stats)], endOfSample: true }).jobs;
  expect(sent && fromJobStats(sent)).toStrictEqual(stats);
});

test("a grace period of a nanosecond is not the order to kill at once", () => {
  const request = { name: "foo", jobId: "", gracePeriod: { seconds: 0, nanos: 1 } };
  expect(fromStopRequest(request).gracePeriodMs).toBe(1);
});

test("responses arrive as they were sent", () => {
  const running = jobIn({ status: "RUNNING", pid: 1 });
  const list = {
    jobs: [running, jobIn({ status: "FAILED", reason: "LOST", finishedAt })],
    nextPageToken: "t",
  };
  expect(fromListResponse(sentResponse("list", toListResponse(list)))).toStrictEqual(list);
  expect(fromListResponse(sentResponse("list", toListResponse({ jobs: [] })))).toStrictEqual({ jobs: [] });
  expect(fromStopResponse(sentResponse("stop", toStopResponse({ status: "FAILED", exitCode: 143 })))).toEqual(
    {
      ...{ status: "FAILED", exitCode: 143 },
    },
  );
  expect(fromStopResponse(sentResponse("stop", toStopResponse({ status: "FAILED" })))).toStrictEqual({
    status: "FAILED",
  });
  const chunk = { jobId: "id", offset: 2 ** 34, output: Buffer.from([0, 255, 0xc3]) };
  expect(fromStreamLogsResponse(sentResponse("streamLogs", toStreamLogsResponse(chunk)))).toEqual(chunk);
  const gap = { discardedBytes: 7, truncated: true, cuts: 2 } as const;
  const full = { ...chunk, stream: "stderr", time: finishedAt, ...gap } as const;
  expect(fromStreamLogsResponse(sentResponse("streamLogs", toStreamLogsResponse(full)))).toEqual(full);
  expect(fromWaitResponse(sentResponse("wait", { job: toGetResponse(running) }))).toBeUndefined();
});

test("what an agent says about itself arrives as it was sent", () => {
  const info: AgentInfo = {
    version: "1.2.3",
    hostname: "box",
    startedAt: new Date("2026-11-24T00:00:00.123Z"),
    capabilityLevel: "tracking",
    missing: ["no cpu", "no io"],
    runningJobs: 3,
    tenant: "zoë",
    role: "admin",
    agentCertificateExpiresAt: new Date("2030-01-01T00:00:00Z"),
    clientCertificateExpiresAt: new Date("1969-12-31T23:59:59.500Z"),
    refusals: { handshake: 3, rate: 0 },
    warnings: ["the certificate of the agent expires soon"],
    fleet: { agent: "b1.example.org", state: "draining", connected: true, runningJobs: 2 },
  };
  expect(fromInfoResponse(sentResponse("info", toInfoResponse(info)))).toStrictEqual(info);
  const { fleet: _, ...alone } = info;
  expect(fromInfoResponse(sentResponse("info", toInfoResponse(alone)))).toStrictEqual(alone);
});

test("values that only newer peers know crash nobody", () => {
  const response = toGetResponse(jobIn({ status: "FAILED", reason: "EXITED", exitCode: 9, finishedAt }));
  expect(fromGetResponse({ ...response, status: 9 as never }).state.status).toBe("RUNNING");
  expect(fromGetResponse({ ...response, reason: 99 as never }).state).toMatchObject({
    ...{ reason: "EXITED", exitCode: 9 },
  });
  expect(fromGetResponse({ ...response, reason: 99 as never, exitCode: -1 }).state).toMatchObject({
    reason: "LOST",
  });
  expect(() => fromListRequest({ ...toListRequest({}), statuses: [0, 7 as never] })).toThrow(
    "statuses must be 0, 1, 2 or 3, got 7",
  );
});

test("an agent of the first protocol, which sends three fields, is understood", () => {
  // created_by = "bob", status = FAILED, exit_code = 3.
  const bytes = Buffer.from([0x0a, 3, 0x62, 0x6f, 0x62, 0x10, 1, 0x18, 3]);
  const job = fromGetResponse(jobService.get.responseDeserialize(bytes));
  expect(job.createdBy).toBe("bob");
  expect(job.state).toMatchObject({ status: "FAILED", exitCode: 3 });
});
