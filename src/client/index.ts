/** The client of an agent, for other programs: the same verbs as the library, over the network. */
export { JobError, type JobErrorCode } from "../job/errors.ts";
export type * from "../job/types.ts";
export type {
  FleetAgent,
  FleetAgentPool,
  FleetAgentState,
  FleetAgentsInput,
  FleetAgentsOutput,
  FleetMembership,
  FleetPageInput,
  FleetPlacement,
  FleetPool,
  FleetPoolsOutput,
  FleetState,
} from "../rpc/convert/fleet.ts";
// By the names of the library's, which they take the place of: a job of a fleet may wait for a host.
export type {
  FinishedRemoteJob as FinishedJob,
  RemoteJob as Job,
  RemoteJobEvent as JobEvent,
  RemoteJobState as JobState,
  RemoteListOutput as ListOutput,
  RemoteStatus as Status,
} from "../rpc/remote-job.ts";
export type {
  AgentInfo,
  Client,
  DrainInput,
  DrainOutput,
  ListCall,
  RunCall,
  StatsStreamInput,
  StreamLogsOptions,
  WatchCall,
  WatchOptions,
} from "./client.ts";
export { type ConnectOptions, connect } from "./connect.ts";
