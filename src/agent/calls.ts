import type { EventEmitter } from "node:events";
import type { handleServerStreamingCall, handleUnaryCall } from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";
import type { WireStatus } from "../rpc/status.ts";
import type { FailedCall } from "./audit/failure.ts";
import { answerFor } from "./errors.ts";
import type { CallContext } from "./handlers.ts";
import { http2StreamOf } from "./http2-stream.ts";
import type { AgentLog } from "./log.ts";
import type { Identified, Peers } from "./peers.ts";
import { sendAll } from "./send.ts";

/** What grpc-js needs beside the handlers themselves. */
export interface CallEnvironment {
  readonly log: AgentLog;
  readonly stalledAfterMs: number;
  readonly peers: Peers;
  /** Hears of every call that is answered with an error. */
  readonly onFailed: (call: FailedCall, error: unknown) => void;
}

type UnaryHandler<Request, Response> = (request: Request, context: CallContext) => Promise<Response>;
type StreamHandler<Request, Response> = (request: Request, context: CallContext) => AsyncIterable<Response>;

export function unary<Request, Response>(
  rpc: string,
  handler: UnaryHandler<Request, Response>,
  environment: CallEnvironment,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const incoming = new IncomingCall(rpc, call, environment);
    Promise.try(() => handler(call.request, incoming.context())).then(
      (response) => callback(null, response),
      (error: unknown) => callback(incoming.answer(error)),
    );
  };
}

export function serverStreaming<Request, Response>(
  rpc: string,
  handler: StreamHandler<Request, Response>,
  environment: CallEnvironment,
): handleServerStreamingCall<Request, Response> {
  return (call) => {
    const { log, stalledAfterMs } = environment;
    const incoming = new IncomingCall(rpc, call, environment);
    // A generator of its own: an error before the first message has to take the same way as later ones.
    async function* messages() {
      yield* handler(call.request, incoming.context());
    }
    void sendAll(call, messages(), {
      signal: incoming.signal,
      stalledAfterMs,
      onStalled: () => log.warn(`${rpc}: the client has read nothing for ${stalledAfterMs} ms, cut off`),
      answer: (error) => incoming.answer(error),
    });
  };
}

interface GrpcCall extends EventEmitter {
  readonly request: unknown;
  getPeer(): string;
}

/** A call from its arrival to its answer. */
class IncomingCall {
  readonly signal: AbortSignal;
  readonly #rpc: string;
  readonly #call: GrpcCall;
  readonly #environment: CallEnvironment;
  #by: Identified | undefined;

  constructor(rpc: string, call: GrpcCall, environment: CallEnvironment) {
    this.#rpc = rpc;
    this.#call = call;
    this.#environment = environment;
    this.signal = lifetimeOf(call);
  }

  /** @throws JobError CANCELLED, UNAUTHENTICATED */
  context(): CallContext {
    if (this.signal.aborted) throw new JobError("CANCELLED", "the call has ended");
    this.#by = this.#environment.peers.identifiedOn(http2StreamOf(this.#call)?.session);
    return { ...this.#by, signal: this.signal };
  }

  /** What the caller may know of the error. */
  answer(error: unknown): WireStatus {
    const { request } = this.#call;
    const { onFailed, log } = this.#environment;
    onFailed({ rpc: this.#rpc, request, by: this.#by, address: this.#call.getPeer() }, error);
    return answerFor(error, this.#rpc, log);
  }
}

/** Aborted when the call has ended, however it did: answered, cancelled, timed out, or its connection lost. */
function lifetimeOf(call: EventEmitter): AbortSignal {
  const controller = new AbortController();
  const end = () => controller.abort();
  call.once("cancelled", end);
  // A call cancelled while its request was being read reaches its handler without a 'cancelled' to come.
  const stream = http2StreamOf(call);
  if (stream?.destroyed || stream?.closed) end();
  return controller.signal;
}
