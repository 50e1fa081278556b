/** What the streams Stats and Watch carry, to and from the wire. */
import type { JobStats, StatsInput } from "../../job/types.ts";
import { job_runner as wire } from "../generated/job_runner.js";
import type { RemoteJobEvent } from "../remote-job.ts";
import type { RequestOf, ResponseOf } from "../schema.ts";
import { fromResources, fromUsage, toResources, toUsage } from "./resources.ts";
import { fromGetResponse, toGetResponse } from "./responses.ts";
import { fromTimestamp, toDuration, toMilliseconds, toTimestamp } from "./time.ts";

/** Which jobs to sample, and how often; without an interval once. */
export type StatsStreamInput = Pick<StatsInput, "name" | "jobId"> & {
  /** Milliseconds, 100 to 3_600_000. */
  readonly intervalMs?: number | undefined;
};

export function toStatsRequest({ name, jobId, intervalMs }: StatsStreamInput): RequestOf<"stats"> {
  const interval = intervalMs === undefined ? null : toDuration(intervalMs);
  return { name: name ?? "", jobId: jobId ?? "", interval };
}

export function fromStatsRequest({ name, jobId, interval }: RequestOf<"stats">): StatsStreamInput {
  const intervalMs = interval ? toMilliseconds(interval) : undefined;
  return { name: name || undefined, jobId: jobId || undefined, intervalMs };
}

export function toJobStats(stats: JobStats): wire.JobStats {
  return {
    id: stats.id,
    name: stats.name,
    createdBy: stats.createdBy,
    startedAt: toTimestamp(stats.startedAt),
    time: toTimestamp(stats.time),
    resourcesInEffect: toResources(stats.limitsInEffect),
    usage: toUsage(stats.usage),
  };
}

export function fromJobStats(stats: wire.JobStats): JobStats {
  return {
    id: stats.id,
    name: stats.name,
    createdBy: stats.createdBy,
    startedAt: fromTimestamp(stats.startedAt),
    time: fromTimestamp(stats.time),
    limitsInEffect: fromResources(stats.resourcesInEffect),
    usage: stats.usage ? fromUsage(stats.usage) : {},
  };
}

const eventTypeToWire = {
  STARTED: wire.EventType.EVENT_STARTED,
  ENDED: wire.EventType.EVENT_ENDED,
  REMOVED: wire.EventType.EVENT_REMOVED,
  QUEUED: wire.EventType.EVENT_QUEUED,
} satisfies Record<RemoteJobEvent["type"], wire.EventType>;

const eventTypes: Partial<Record<wire.EventType, RemoteJobEvent["type"]>> = {
  [wire.EventType.EVENT_STARTED]: "STARTED",
  [wire.EventType.EVENT_ENDED]: "ENDED",
  [wire.EventType.EVENT_REMOVED]: "REMOVED",
  [wire.EventType.EVENT_QUEUED]: "QUEUED",
};

export function toWatchResponse({ sequence, time, type, job }: RemoteJobEvent): ResponseOf<"watch"> {
  return { sequence, time: toTimestamp(time), type: eventTypeToWire[type], job: toGetResponse(job) };
}

/** Undefined for the first message of a stream, and for events of a newer agent. */
export function fromWatchResponse({
  sequence,
  time,
  type,
  job,
}: ResponseOf<"watch">): RemoteJobEvent | undefined {
  const known = eventTypes[type];
  if (known === undefined || !job) return undefined;
  return { sequence, time: fromTimestamp(time), type: known, job: fromGetResponse(job) };
}
