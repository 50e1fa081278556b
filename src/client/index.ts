/** The client of an agent, for other programs: the same verbs as the library, over the network. */
export { JobError, type JobErrorCode } from "../job/errors.ts";
export type * from "../job/types.ts";
export type { AgentInfo, Client } from "./client.ts";
export { type ConnectOptions, connect } from "./connect.ts";
