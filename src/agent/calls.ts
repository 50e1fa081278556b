import type { EventEmitter } from "node:events";
import type { handleServerStreamingCall, handleUnaryCall } from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";
import { answerFor } from "./errors.ts";
import type { CallContext } from "./handlers.ts";
import { http2StreamOf } from "./http2-stream.ts";
import type { AgentLog } from "./log.ts";
import type { Peers } from "./peers.ts";
import type { Quotas } from "./quotas.ts";
import { sendAll } from "./send.ts";

/** What grpc-js needs beside the handlers themselves. */
export interface CallEnvironment {
  readonly log: AgentLog;
  readonly stalledAfterMs: number;
  readonly peers: Peers;
  readonly quotas: Quotas;
}

type UnaryHandler<Request, Response> = (request: Request, context: CallContext) => Promise<Response>;
type StreamHandler<Request, Response> = (request: Request, context: CallContext) => AsyncIterable<Response>;

export function unary<Request, Response>(
  rpc: string,
  handler: UnaryHandler<Request, Response>,
  environment: CallEnvironment,
): handleUnaryCall<Request, Response> {
  const { log, peers } = environment;
  return (call, callback) => {
    const fail = (error: unknown) => callback(answerFor(error, rpc, log));
    const signal = lifetimeOf(call, peers, fail);
    Promise.try(() => handler(call.request, admit(call, signal, environment))).then(
      (response) => signal.aborted || callback(null, response),
      (error: unknown) => signal.aborted || fail(error),
    );
  };
}

export function serverStreaming<Request, Response>(
  rpc: string,
  handler: StreamHandler<Request, Response>,
  environment: CallEnvironment,
): handleServerStreamingCall<Request, Response> {
  const { log, stalledAfterMs, peers } = environment;
  return (call) => {
    const answer = (error: unknown) => answerFor(error, rpc, log);
    // grpc-js makes it the status of the call.
    const signal = lifetimeOf(call, peers, (error) => void call.emit("error", answer(error)));
    // A generator of its own: an error before the first message has to take the same way as later ones.
    async function* messages() {
      yield* handler(call.request, admit(call, signal, environment));
    }
    void sendAll(call, messages(), {
      signal,
      stalledAfterMs,
      onStalled: () => log.warn(`${rpc}: the client has read nothing for ${stalledAfterMs} ms, cut off`),
      answer,
    });
  };
}

/** @throws JobError UNAUTHENTICATED, QUOTA_EXCEEDED, CANCELLED */
function admit(call: EventEmitter, signal: AbortSignal, { peers, quotas }: CallEnvironment): CallContext {
  const stream = http2StreamOf(call);
  if (signal.aborted || !stream) throw new JobError("CANCELLED", "the call has ended");
  const identified = peers.identifiedOn(stream.session);
  quotas.startCall(identified.caller.tenant, stream);
  return { ...identified, signal };
}

/**
 * Aborted when the call has ended, however it did: answered, cancelled, timed out, or its connection lost.
 * @param onRefused answers the call when its caller is welcome no more
 */
function lifetimeOf(call: EventEmitter, peers: Peers, onRefused: (error: JobError) => void): AbortSignal {
  const controller = new AbortController();
  const end = () => controller.abort();
  call.once("cancelled", end);
  // A call cancelled while its request was being read reaches its handler without a 'cancelled' to come.
  const stream = http2StreamOf(call);
  if (stream?.destroyed || stream?.closed) end();
  else if (stream) {
    peers.whenRefused(stream, (error) => {
      end();
      onRefused(error);
    });
  }
  return controller.signal;
}
