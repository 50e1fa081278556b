/**
 * Jobs as they are seen from afar: those of the agent's own are as the library has them, those of a fleet may
 * wait for a host, or have ended without ever having had one.
 */
import type { FinishedState, Job, JobEvent, JobState, ListOutput, Status } from "../job/types.ts";
import type { FleetState } from "./convert/fleet.ts";

export type RemoteStatus = Status | "PENDING";

export type RemoteJobState = JobState | { readonly status: "PENDING" };

export interface RemoteJob extends Omit<Job, "state" | "startedAt"> {
  /** Absent: it never ran. */
  readonly startedAt?: Date | undefined;
  readonly state: RemoteJobState;
  /** Absent: a job of the agent's own. */
  readonly fleet?: FleetState | undefined;
  /** Why a job of a fleet could not be started. */
  readonly message?: string | undefined;
}

export type FinishedRemoteJob = RemoteJob & { readonly state: FinishedState };

export interface RemoteListOutput extends Omit<ListOutput, "jobs"> {
  readonly jobs: readonly RemoteJob[];
}

/** Something that happened to a job. */
export interface RemoteJobEvent extends Omit<JobEvent, "type" | "job"> {
  /** `QUEUED`: it began to wait for a host. */
  readonly type: JobEvent["type"] | "QUEUED";
  readonly job: RemoteJob;
}

/** Whether it has an end: it neither runs nor is going to. */
export function hasEnded(job: RemoteJob): job is FinishedRemoteJob {
  return job.state.status !== "RUNNING" && job.state.status !== "PENDING";
}
