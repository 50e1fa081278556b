/** What a caller asks for, to and from the wire: pure, each field mapped once per direction. */
import { invalidInput } from "../../job/errors.ts";
import type {
  JobSelector,
  ListInput,
  RunInput,
  SignalInput,
  StopInput,
  StreamLogsInput,
} from "../../job/types.ts";
import { job_runner as wire } from "../generated/job_runner.js";
import type { RemoteStatus } from "../remote-job.ts";
import type { RequestOf } from "../schema.ts";
import {
  ifExistsFromWire,
  ifExistsToWire,
  killModeFromWire,
  killModeToWire,
  logStreamFromWire,
  logStreamToWire,
  outputModeFromWire,
  outputModeToWire,
  statusFromWire,
  statusToWire,
} from "./enums.ts";
import { type FleetPlacement, fromFleetPlacement, toFleetPlacement } from "./fleet.ts";
import { fromResources, toResources } from "./resources.ts";
import { fromTimestamp, toDuration, toMilliseconds, toTimestamp } from "./time.ts";

/** A run, as it travels: `user` is a name of the host's accounts, which only the agent can look up. */
export interface RunCall extends RunInput {
  /** Account to run as; admins only. @default the one that the agent chooses */
  readonly user?: string | undefined;
  /** Run it on any host of the fleet that has a slot. @default on the agent's own host */
  readonly fleet?: FleetPlacement | undefined;
}

/** Which jobs to list, as it travels. */
export interface ListCall extends Omit<ListInput, "statuses"> {
  /** PENDING only together with `fleet`. @default all */
  readonly statuses?: readonly RemoteStatus[] | undefined;
  /** Those of the fleet, wherever they run. @default those of the agent's host */
  readonly fleet?: boolean | undefined;
  /** Only those of this pool of the fleet. @default all */
  readonly pool?: string | undefined;
}

export function toRunRequest(input: RunCall): RequestOf<"run"> {
  return {
    name: input.name ?? "",
    command: input.command,
    args: [...(input.args ?? [])],
    env: [...(input.env ?? [])],
    workingDir: input.workingDir ?? "",
    generateName: input.generateName ?? false,
    labels: { ...input.labels },
    timeout: input.timeoutMs === undefined ? null : toDuration(input.timeoutMs),
    resources: input.limits ? toResources(input.limits) : null,
    killMode: killModeToWire[input.killMode ?? "main"],
    ifExists: ifExistsToWire[input.ifExists ?? "fail"],
    requestId: input.requestId ?? "",
    validateOnly: input.dryRun ?? false,
    user: input.user ?? "",
    outputMode: outputModeToWire[input.output ?? "combined"],
    maxLogBytes: input.maxLogBytes ?? 0,
    isolate: input.isolate ?? false,
    fleet: input.fleet ? toFleetPlacement(input.fleet) : null,
  };
}

/** Choices that are not known are refused: to fall back to another would do what nobody asked for. */
export function fromRunRequest(request: RequestOf<"run">): RunCall {
  const killMode = killModeFromWire(request.killMode);
  const ifExists = ifExistsFromWire(request.ifExists);
  const output = outputModeFromWire(request.outputMode);
  if (killMode === undefined || ifExists === undefined || output === undefined) {
    throw invalidInput([
      ...(killMode === undefined ? [`kill_mode must be 0 or 1, got ${request.killMode}`] : []),
      ...(output === undefined ? [`output_mode must be 0 or 1, got ${request.outputMode}`] : []),
      ...(ifExists === undefined ? [`if_exists must be 0, 1 or 2, got ${request.ifExists}`] : []),
    ]);
  }
  return {
    name: request.generateName ? request.name || undefined : request.name,
    command: request.command,
    args: request.args,
    env: request.env,
    workingDir: request.workingDir || undefined,
    generateName: request.generateName,
    labels: request.labels,
    timeoutMs: request.timeout ? toMilliseconds(request.timeout) : undefined,
    limits: fromResources(request.resources),
    killMode,
    ifExists,
    output,
    maxLogBytes: request.maxLogBytes || undefined,
    requestId: request.requestId || undefined,
    dryRun: request.validateOnly,
    user: request.user || undefined,
    isolate: request.isolate,
    fleet: request.fleet ? fromFleetPlacement(request.fleet) : undefined,
  };
}

export function toSignalRequest(input: SignalInput): RequestOf<"signal"> {
  return { ...toSelector(input), signal: input.signal, all: input.all ?? false };
}

export function fromSignalRequest(request: RequestOf<"signal">): SignalInput {
  return { ...fromSelector(request), signal: request.signal, all: request.all };
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

export function toStreamLogsRequest(
  input: StreamLogsInput,
  { acceptZstd }: { readonly acceptZstd: boolean },
): RequestOf<"streamLogs"> {
  return {
    ...toSelector(input),
    offset: input.offset ?? 0,
    noFollow: input.follow === false,
    stream: logStreamToWire(input.stream),
    stderrOffset: input.stderrOffset ?? 0,
    ...(input.cuts === undefined ? {} : { cuts: input.cuts }),
    ...(input.stderrCuts === undefined ? {} : { stderrCuts: input.stderrCuts }),
    ...(input.tailLines === undefined ? {} : { tailLines: input.tailLines }),
    since: input.since ? toTimestamp(input.since) : null,
    until: input.until ? toTimestamp(input.until) : null,
    timestamps: input.timestamps ?? false,
    acceptZstd,
  };
}

/** A stream that is not known is refused: all output is not what was asked for. */
export function fromStreamLogsRequest(request: RequestOf<"streamLogs">): StreamLogsInput {
  if (wire.LogStream[request.stream] === undefined) {
    throw invalidInput([`stream must be 0, 1 or 2, got ${request.stream}`]);
  }
  return {
    ...fromSelector(request),
    offset: request.offset || undefined,
    follow: !request.noFollow,
    stream: logStreamFromWire(request.stream),
    stderrOffset: request.stderrOffset || undefined,
    cuts: request.cuts ?? undefined,
    stderrCuts: request.stderrCuts ?? undefined,
    tailLines: request.tailLines ?? undefined,
    since: request.since ? fromTimestamp(request.since) : undefined,
    until: request.until ? fromTimestamp(request.until) : undefined,
    timestamps: request.timestamps,
  };
}

export function toListRequest(input: ListCall): RequestOf<"list"> {
  return {
    statuses: (input.statuses ?? []).map((status) => statusToWire[status]),
    createdBy: input.createdBy ?? "",
    pageSize: input.pageSize ?? 0,
    pageToken: input.pageToken ?? "",
    labels: { ...input.labels },
    namePrefix: input.namePrefix ?? "",
    fleet: input.fleet ?? false,
    pool: input.pool ?? "",
  };
}

/** A status that is not known is refused: leaving it out would turn a filter into "all". */
export function fromListRequest(request: RequestOf<"list">): ListCall {
  const unknown = request.statuses.filter((status) => wire.Status[status] === undefined);
  if (unknown.length > 0) throw invalidInput([`statuses must be 0, 1, 2 or 3, got ${unknown.join(", ")}`]);
  return {
    statuses: request.statuses.length > 0 ? request.statuses.map(statusFromWire) : undefined,
    createdBy: request.createdBy || undefined,
    pageSize: request.pageSize || undefined,
    pageToken: request.pageToken || undefined,
    labels: request.labels,
    namePrefix: request.namePrefix || undefined,
    fleet: request.fleet,
    pool: request.pool || undefined,
  };
}
