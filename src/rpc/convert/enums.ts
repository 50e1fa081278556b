import type {
  CapabilityLevel,
  ExitReason,
  IfExists,
  KillMode,
  LogStream,
  LostReason,
  OutputMode,
  Reason,
} from "../../job/types.ts";
import { job_runner as wire } from "../generated/job_runner.js";
import type { RemoteStatus } from "../remote-job.ts";

export const statusToWire = {
  PENDING: wire.Status.PENDING,
  RUNNING: wire.Status.RUNNING,
  FAILED: wire.Status.FAILED,
  SUCCEEDED: wire.Status.SUCCEEDED,
} satisfies Record<RemoteStatus, wire.Status>;

/** A status of a newer agent is taken for "not ended": only FAILED and SUCCEEDED promise an end. */
export function statusFromWire(status: wire.Status): RemoteStatus {
  if (status === wire.Status.PENDING) return "PENDING";
  if (status === wire.Status.FAILED) return "FAILED";
  return status === wire.Status.SUCCEEDED ? "SUCCEEDED" : "RUNNING";
}

export const reasonToWire = {
  EXITED: wire.Reason.REASON_EXITED,
  SIGNALED: wire.Reason.REASON_SIGNALED,
  STOPPED: wire.Reason.REASON_STOPPED,
  TIMED_OUT: wire.Reason.REASON_TIMED_OUT,
  OOM_KILLED: wire.Reason.REASON_OOM_KILLED,
  LEASE_EXPIRED: wire.Reason.REASON_LEASE_EXPIRED,
  START_FAILED: wire.Reason.REASON_START_FAILED,
  LOST: wire.Reason.REASON_LOST,
} satisfies Record<Reason, wire.Reason>;

const exitReasons: Partial<Record<wire.Reason, ExitReason>> = {
  [wire.Reason.REASON_SIGNALED]: "SIGNALED",
  [wire.Reason.REASON_STOPPED]: "STOPPED",
  [wire.Reason.REASON_TIMED_OUT]: "TIMED_OUT",
  [wire.Reason.REASON_OOM_KILLED]: "OOM_KILLED",
  [wire.Reason.REASON_LEASE_EXPIRED]: "LEASE_EXPIRED",
};

/** Why a job ended that has an exit code; a reason of a newer agent, or none, says only that it did. */
export function exitReasonFromWire(reason: wire.Reason): ExitReason {
  return exitReasons[reason] ?? "EXITED";
}

export function lostReasonFromWire(reason: wire.Reason): LostReason {
  return reason === wire.Reason.REASON_START_FAILED ? "START_FAILED" : "LOST";
}

export const levelToWire = {
  none: wire.CapabilityLevel.CAPABILITY_NONE,
  tracking: wire.CapabilityLevel.CAPABILITY_TRACKING,
  limits: wire.CapabilityLevel.CAPABILITY_LIMITS,
} satisfies Record<CapabilityLevel, wire.CapabilityLevel>;

/** A level above those known here includes them. */
export function levelFromWire(level: wire.CapabilityLevel): CapabilityLevel {
  if (level === wire.CapabilityLevel.CAPABILITY_NONE) return "none";
  return level === wire.CapabilityLevel.CAPABILITY_TRACKING ? "tracking" : "limits";
}

export const killModeToWire = {
  main: wire.KillMode.KILL_MODE_MAIN,
  all: wire.KillMode.KILL_MODE_ALL,
} satisfies Record<KillMode, wire.KillMode>;

/** Undefined for one that is not known. */
export function killModeFromWire(mode: wire.KillMode): KillMode | undefined {
  if (mode === wire.KillMode.KILL_MODE_MAIN) return "main";
  return mode === wire.KillMode.KILL_MODE_ALL ? "all" : undefined;
}

export const ifExistsToWire = {
  fail: wire.IfExists.IF_EXISTS_FAIL,
  attach: wire.IfExists.IF_EXISTS_ATTACH,
  replace: wire.IfExists.IF_EXISTS_REPLACE,
} satisfies Record<IfExists, wire.IfExists>;

const ifExists: Partial<Record<wire.IfExists, IfExists>> = {
  [wire.IfExists.IF_EXISTS_FAIL]: "fail",
  [wire.IfExists.IF_EXISTS_ATTACH]: "attach",
  [wire.IfExists.IF_EXISTS_REPLACE]: "replace",
};

/** Undefined for one that is not known. */
export function ifExistsFromWire(value: wire.IfExists): IfExists | undefined {
  return ifExists[value];
}

export const outputModeToWire = {
  combined: wire.OutputMode.OUTPUT_COMBINED,
  split: wire.OutputMode.OUTPUT_SPLIT,
} satisfies Record<OutputMode, wire.OutputMode>;

/** Undefined for one that is not known. */
export function outputModeFromWire(mode: wire.OutputMode): OutputMode | undefined {
  if (mode === wire.OutputMode.OUTPUT_COMBINED) return "combined";
  return mode === wire.OutputMode.OUTPUT_SPLIT ? "split" : undefined;
}

/** `undefined` is the output as a whole. */
export function logStreamToWire(stream: LogStream | undefined): wire.LogStream {
  if (stream === undefined) return wire.LogStream.LOG_STREAM_ALL;
  return stream === "stdout" ? wire.LogStream.LOG_STREAM_STDOUT : wire.LogStream.LOG_STREAM_STDERR;
}

const logStreams: Partial<Record<wire.LogStream, LogStream>> = {
  [wire.LogStream.LOG_STREAM_STDOUT]: "stdout",
  [wire.LogStream.LOG_STREAM_STDERR]: "stderr",
};

/** Undefined for the output as a whole, and for one that is not known. */
export function logStreamFromWire(stream: wire.LogStream): LogStream | undefined {
  return logStreams[stream];
}
