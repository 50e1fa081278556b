/** What an agent answers, to and from the wire: pure, each field mapped once per direction. */
import type { ExitReason, LogChunk, RunOutput, StopOutput } from "../../job/types.ts";
import { job_runner as wire } from "../generated/job_runner.js";
import {
  type FinishedRemoteJob,
  hasEnded,
  type RemoteJob,
  type RemoteJobState,
  type RemoteListOutput,
} from "../remote-job.ts";
import type { ResponseOf } from "../schema.ts";
import { unpack } from "../unpack.ts";
import {
  exitReasonFromWire,
  killModeFromWire,
  killModeToWire,
  logStreamFromWire,
  logStreamToWire,
  lostReasonFromWire,
  outputModeFromWire,
  outputModeToWire,
  reasonToWire,
  statusFromWire,
  statusToWire,
} from "./enums.ts";
import { fromFleetState, toFleetState } from "./fleet.ts";
import { fromResources, fromUsage, toResources, toUsage } from "./resources.ts";
import { fromTimestamp, toTimestamp } from "./time.ts";

/** Stands for "there is no exit code". */
const noExitCode = -1;

export function fromRunResponse(response: ResponseOf<"run">): RunOutput {
  return { name: response.name, id: response.id, existing: response.existing };
}

export function toGetResponse(job: RemoteJob): ResponseOf<"get"> {
  const { state } = job;
  const ended = hasEnded(job) ? job.state : undefined;
  const exitCode = ended && "exitCode" in ended ? ended.exitCode : noExitCode;
  return {
    createdBy: job.createdBy,
    status: statusToWire[state.status],
    exitCode: ended ? exitCode : 0,
    name: job.name,
    id: job.id,
    command: job.command,
    args: [...job.args],
    workingDir: job.workingDir,
    createdAt: toTimestamp(job.createdAt),
    startedAt: job.startedAt ? toTimestamp(job.startedAt) : null,
    finishedAt: ended ? toTimestamp(ended.finishedAt) : null,
    reason: ended ? reasonToWire[ended.reason] : wire.Reason.REASON_NONE,
    causedBy: ended?.causedBy ?? "",
    signal: ended && "signal" in ended ? (ended.signal ?? "") : "",
    pid: state.status === "RUNNING" ? state.pid : 0,
    logBytes: job.logBytes,
    labels: { ...job.labels },
    killMode: killModeToWire[job.killMode],
    timeoutAt: job.timeoutAt ? toTimestamp(job.timeoutAt) : null,
    resources: toResources(job.limits),
    resourcesInEffect: toResources(job.limitsInEffect),
    usage: job.usage ? toUsage(job.usage) : null,
    outputMode: outputModeToWire[job.output],
    maxLogBytes: job.maxLogBytes ?? 0,
    logDiscardedBytes: job.logDiscardedBytes,
    isolated: job.isolated,
    user: job.user,
    fleet: job.fleet ? toFleetState(job.fleet) : null,
    message: job.message ?? "",
  };
}

export function fromGetResponse(response: ResponseOf<"get">): RemoteJob {
  return {
    id: response.id,
    name: response.name,
    createdBy: response.createdBy,
    command: response.command,
    args: response.args,
    workingDir: response.workingDir,
    createdAt: fromTimestamp(response.createdAt),
    ...(response.startedAt ? { startedAt: fromTimestamp(response.startedAt) } : {}),
    state: fromState(response),
    output: outputModeFromWire(response.outputMode) ?? "combined",
    logBytes: response.logBytes,
    ...(response.maxLogBytes > 0 ? { maxLogBytes: response.maxLogBytes } : {}),
    logDiscardedBytes: response.logDiscardedBytes,
    labels: response.labels,
    killMode: killModeFromWire(response.killMode) ?? "main",
    ...(response.timeoutAt ? { timeoutAt: fromTimestamp(response.timeoutAt) } : {}),
    limits: fromResources(response.resources),
    limitsInEffect: fromResources(response.resourcesInEffect),
    ...(response.usage ? { usage: fromUsage(response.usage) } : {}),
    isolated: response.isolated,
    user: response.user,
    ...(response.fleet ? { fleet: fromFleetState(response.fleet) } : {}),
    ...(response.message ? { message: response.message } : {}),
  };
}

function fromState(response: ResponseOf<"get">): RemoteJobState {
  const status = statusFromWire(response.status);
  if (status === "PENDING") return { status };
  if (status === "RUNNING") return { status, pid: response.pid };
  const end = {
    finishedAt: fromTimestamp(response.finishedAt),
    ...(response.causedBy ? { causedBy: response.causedBy } : {}),
  };
  const reason: ExitReason = exitReasonFromWire(response.reason);
  if (status === "SUCCEEDED") return { ...end, status, reason, exitCode: 0 };
  if (response.exitCode === noExitCode) {
    return { ...end, status, reason: lostReasonFromWire(response.reason) };
  }
  const signal = response.signal ? { signal: response.signal } : {};
  return { ...end, status, reason, exitCode: response.exitCode, ...signal };
}

export function toStopResponse(output: StopOutput): ResponseOf<"stop"> {
  return { status: statusToWire[output.status], exitCode: output.exitCode ?? noExitCode };
}

export function fromStopResponse(response: ResponseOf<"stop">): StopOutput {
  const answered = statusFromWire(response.status);
  // A stop is answered when the job has ended.
  const status = answered === "PENDING" ? "RUNNING" : answered;
  return response.exitCode === noExitCode ? { status } : { status, exitCode: response.exitCode };
}

export function toListResponse(output: RemoteListOutput): ResponseOf<"list"> {
  return { jobs: output.jobs.map(toGetResponse), nextPageToken: output.nextPageToken ?? "" };
}

export function fromListResponse(response: ResponseOf<"list">): RemoteListOutput {
  const jobs = response.jobs.map(fromGetResponse);
  return response.nextPageToken ? { jobs, nextPageToken: response.nextPageToken } : { jobs };
}

/** Undefined when the answer holds no job, or one that has not ended. */
export function fromWaitResponse(response: ResponseOf<"wait">): FinishedRemoteJob | undefined {
  const job = response.job ? fromGetResponse(response.job) : undefined;
  return job && hasEnded(job) ? job : undefined;
}

/** @param unpackedBytes how much output the chunk's holds, packed with zstd */
export function toStreamLogsResponse(chunk: LogChunk, unpackedBytes?: number): ResponseOf<"streamLogs"> {
  const { LOG_ENCODING_PLAIN, LOG_ENCODING_ZSTD } = wire.LogEncoding;
  return {
    output: chunk.output,
    offset: chunk.offset,
    jobId: chunk.jobId,
    stream: logStreamToWire(chunk.stream),
    time: chunk.time ? toTimestamp(chunk.time) : null,
    discardedBytes: chunk.discardedBytes ?? 0,
    truncated: chunk.truncated ?? false,
    encoding: unpackedBytes === undefined ? LOG_ENCODING_PLAIN : LOG_ENCODING_ZSTD,
    unpackedBytes: unpackedBytes ?? 0,
    cuts: chunk.cuts ?? 0,
  };
}

export function fromStreamLogsResponse(response: ResponseOf<"streamLogs">): LogChunk {
  const stream = logStreamFromWire(response.stream);
  return {
    jobId: response.jobId,
    offset: response.offset,
    output: unpack(response),
    ...(stream === undefined ? {} : { stream }),
    ...(response.time ? { time: fromTimestamp(response.time) } : {}),
    ...(response.discardedBytes > 0 ? { discardedBytes: response.discardedBytes } : {}),
    ...(response.truncated ? { truncated: true } : {}),
    ...(response.cuts > 0 ? { cuts: response.cuts } : {}),
  };
}
