/** What a caller asks for, to and from the wire: pure, each field mapped once per direction. */
import { invalidInput } from "../../job/errors.ts";
import type { JobSelector, ListInput, RunInput, StopInput, StreamLogsInput } from "../../job/types.ts";
import { job_runner as wire } from "../generated/job_runner.js";
import type { RequestOf } from "../schema.ts";
import { statusFromWire, statusToWire } from "./enums.ts";
import { toDuration, toMilliseconds } from "./time.ts";

export function toRunRequest(input: RunInput): RequestOf<"run"> {
  return {
    name: input.name,
    command: input.command,
    args: [...(input.args ?? [])],
    env: [...(input.env ?? [])],
    workingDir: input.workingDir ?? "",
  };
}

export function fromRunRequest(request: RequestOf<"run">): RunInput {
  return {
    name: request.name,
    command: request.command,
    args: request.args,
    env: request.env,
    workingDir: request.workingDir || undefined,
  };
}

interface SelectorMessage {
  name: string;
  jobId: string;
}

/** GetRequest, WaitRequest, and part of the others that name a job. */
export function toSelector(input: JobSelector): SelectorMessage {
  return { name: input.name, jobId: input.jobId ?? "" };
}

export function fromSelector(request: SelectorMessage): JobSelector {
  return { name: request.name, jobId: request.jobId || undefined };
}

export function toStopRequest(input: StopInput): RequestOf<"stop"> {
  const gracePeriod = input.gracePeriodMs === undefined ? null : toDuration(input.gracePeriodMs);
  return { ...toSelector(input), gracePeriod };
}

export function fromStopRequest(request: RequestOf<"stop">): StopInput {
  const gracePeriodMs = request.gracePeriod ? toMilliseconds(request.gracePeriod) : undefined;
  return { ...fromSelector(request), gracePeriodMs };
}

export function toStreamLogsRequest(input: StreamLogsInput): RequestOf<"streamLogs"> {
  return { ...toSelector(input), offset: input.offset ?? 0, noFollow: input.follow === false };
}

export function fromStreamLogsRequest(request: RequestOf<"streamLogs">): StreamLogsInput {
  return { ...fromSelector(request), offset: request.offset, follow: !request.noFollow };
}

export function toListRequest(input: ListInput): RequestOf<"list"> {
  return {
    statuses: (input.statuses ?? []).map((status) => statusToWire[status]),
    createdBy: input.createdBy ?? "",
    pageSize: input.pageSize ?? 0,
    pageToken: input.pageToken ?? "",
  };
}

/** A status that is not known is refused: leaving it out would turn a filter into "all". */
export function fromListRequest(request: RequestOf<"list">): ListInput {
  const unknown = request.statuses.filter((status) => wire.Status[status] === undefined);
  if (unknown.length > 0) throw invalidInput([`statuses must be 0, 1 or 2, got ${unknown.join(", ")}`]);
  return {
    statuses: request.statuses.length > 0 ? request.statuses.map(statusFromWire) : undefined,
    createdBy: request.createdBy || undefined,
    pageSize: request.pageSize || undefined,
    pageToken: request.pageToken || undefined,
  };
}
