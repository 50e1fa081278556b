import type { JobError } from "../job/errors.ts";
import type {
  AuditInput,
  AuditOutput,
  CallOptions,
  GetInput,
  JobStats,
  LogChunk,
  RemoveInput,
  RunOutput,
  SignalInput,
  StopInput,
  StopOutput,
  StreamLogsInput,
  WaitInput,
  WatchInput,
} from "../job/types.ts";
import type {
  FleetAgent,
  FleetAgentsInput,
  FleetAgentsOutput,
  FleetMembership,
  FleetPageInput,
  FleetPlacement,
  FleetPool,
  FleetPoolsOutput,
} from "../rpc/convert/fleet.ts";
import type { AgentInfo } from "../rpc/convert/info.ts";
import type { ListCall, RunCall } from "../rpc/convert/requests.ts";
import type { StatsStreamInput } from "../rpc/convert/streams.ts";
import type {
  FinishedRemoteJob,
  RemoteJob,
  RemoteJobEvent,
  RemoteListOutput,
  RemoteStatus,
} from "../rpc/remote-job.ts";

export type {
  AgentInfo,
  FinishedRemoteJob,
  FleetAgent,
  FleetMembership,
  FleetPlacement,
  FleetPool,
  ListCall,
  RemoteJob,
  RemoteJobEvent,
  RemoteListOutput,
  RemoteStatus,
  RunCall,
  StatsStreamInput,
};

export type WatchCall = Pick<WatchInput, "sinceSequence"> & {
  /** What happens to jobs of the fleet, wherever they run; with sequences of its own. @default false */
  readonly fleet?: boolean | undefined;
};

export interface DrainInput {
  /** Take jobs again. @default false */
  readonly undo?: boolean | undefined;
}

export interface DrainOutput {
  /** Jobs of the fleet that the agent still runs. */
  readonly runningJobs: number;
}

export interface WatchOptions extends CallOptions {
  /** Called when the stream is live, with the sequence to take it up after. */
  readonly onLive?: ((sequence: number) => void) | undefined;
}

export interface StreamLogsOptions extends CallOptions {
  /** Let the agent pack output for the way (zstd), where that makes it smaller. @default unless it is on this machine */
  readonly compress?: boolean | undefined;
  /** Called when the stream was cut off and is being taken up again, which the caller notices by nothing but time. */
  readonly onCut?: ((reason: JobError) => void) | undefined;
  /** Called when that has succeeded. */
  readonly onResumed?: (() => void) | undefined;
}

/** The agent's jobs from afar: the same verbs as `JobService`, with the same inputs and outputs. */
export interface Client {
  run(input: RunCall, options?: CallOptions): Promise<RunOutput>;
  get(input: GetInput, options?: CallOptions): Promise<RemoteJob>;
  list(input?: ListCall, options?: CallOptions): Promise<RemoteListOutput>;
  stop(input: StopInput, options?: CallOptions): Promise<StopOutput>;
  wait(input: WaitInput, options?: CallOptions): Promise<FinishedRemoteJob>;
  streamLogs(input: StreamLogsInput, options?: StreamLogsOptions): AsyncGenerator<LogChunk, void, undefined>;
  signal(input: SignalInput, options?: CallOptions): Promise<void>;
  remove(input: RemoveInput, options?: CallOptions): Promise<void>;
  /** A list of running jobs for each sample; one sample, unless there is an interval. */
  stats(input?: StatsStreamInput, options?: CallOptions): AsyncGenerator<JobStats[], void, undefined>;
  watch(input?: WatchCall, options?: WatchOptions): AsyncGenerator<RemoteJobEvent, void, undefined>;
  info(options?: CallOptions): Promise<AgentInfo>;
  /** For admins. */
  audit(input?: AuditInput, options?: CallOptions): Promise<AuditOutput>;
  /** A page of the agents of the fleet; for admins. */
  fleetAgents(input?: FleetAgentsInput, options?: CallOptions): Promise<FleetAgentsOutput>;
  /** A page of the pools of the fleet. */
  fleetPools(input?: FleetPageInput, options?: CallOptions): Promise<FleetPoolsOutput>;
  /** Has the agent take no more jobs of the fleet; for admins. */
  drain(input?: DrainInput, options?: CallOptions): Promise<DrainOutput>;
  close(): void;
}
