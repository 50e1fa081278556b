/** The client of an agent, for other programs: the same verbs as the library, over the network. */
export { JobError, type JobErrorCode } from "../job/errors.ts";
export type * from "../job/types.ts";
export type * from "../rpc/convert/fleet.ts";
export type {
  FinishedRemoteJob,
  RemoteJob,
  RemoteJobEvent,
  RemoteJobState,
  RemoteListOutput,
  RemoteStatus,
} from "../rpc/remote-job.ts";
export type { AgentInfo, Client, DrainInput, DrainOutput, ListCall, RunCall, WatchCall } from "./client.ts";
export { type ConnectOptions, connect } from "./connect.ts";
