import type {
  CallOptions,
  CapabilityLevel,
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
} from "../job/index.ts";

/** What an agent says about itself, its host and the caller. */
export interface AgentInfo {
  readonly version: string;
  readonly hostname: string;
  readonly startedAt: Date;
  readonly capabilityLevel: CapabilityLevel;
  /** What the host lacks of the level "limits", a sentence each. */
  readonly missing: readonly string[];
  /** Jobs that are running, of all tenants. */
  readonly runningJobs: number;
  /** Who the agent takes the caller for. */
  readonly tenant: string;
  readonly role: string;
  readonly agentCertificateExpiresAt: Date;
  readonly clientCertificateExpiresAt: Date;
}

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
