import type {
  CallOptions,
  FinishedJob,
  GetInput,
  Job,
  ListInput,
  ListOutput,
  LogChunk,
  RunInput,
  RunOutput,
  StopInput,
  StopOutput,
  StreamLogsInput,
  WaitInput,
} from "../job/types.ts";
import type { AgentInfo } from "../rpc/convert/info.ts";

export type { AgentInfo };

/** The agent's jobs from afar: the same verbs as `JobService`, with the same inputs and outputs. */
export interface Client {
  run(input: RunInput, options?: CallOptions): Promise<RunOutput>;
  get(input: GetInput, options?: CallOptions): Promise<Job>;
  list(input?: ListInput, options?: CallOptions): Promise<ListOutput>;
  stop(input: StopInput, options?: CallOptions): Promise<StopOutput>;
  wait(input: WaitInput, options?: CallOptions): Promise<FinishedJob>;
  streamLogs(input: StreamLogsInput, options?: CallOptions): AsyncGenerator<LogChunk, void, undefined>;
  info(options?: CallOptions): Promise<AgentInfo>;
  close(): void;
}
