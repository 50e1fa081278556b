import type { ForwardedCaller } from "./context.ts";

/** Headers of an answer. */
export const CALL_HEADERS = {
  /** "OK", or the code of a JobError. */
  code: "lpr-code",
  /** "1": the stream goes on; ask again. */
  more: "lpr-more",
} as const;

/**
 * How long one answer of a stream that has nothing to tell is waited for, in milliseconds. An agent that is killed
 * meanwhile goes unnoticed by whoever follows a job of its.
 */
export const PULL_MS = 5_000;

/** The sealed body of a call to another agent. */
export interface CallEnvelope {
  /** Name of the agent that is to answer: what is meant for one is no call to another. */
  readonly to: string;
  /** ISO 8601. */
  readonly at: string;
  /** Never used again. */
  readonly nonce: string;
  readonly rpc: string;
  readonly caller: ForwardedCaller;
  /** Base64. */
  readonly request: string;
}

/** The body of an answer that is none. */
export interface CallFailure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}
