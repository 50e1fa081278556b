import type { EventEmitter } from "node:events";
import { type handleServerStreamingCall, type handleUnaryCall, status } from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";
import type { WireStatus } from "../rpc/status.ts";
import type { FailedCall } from "./audit/failure.ts";
import { answerFor } from "./errors.ts";
import type { CallContext } from "./handlers.ts";
import { http2StreamOf } from "./http2-stream.ts";
import type { AgentLog } from "./log.ts";
import type { CallObserver, ObservedCall } from "./metrics/observer.ts";
import type { Identified, Peers } from "./peers.ts";
import type { Quotas } from "./quotas.ts";
import { sendAll } from "./send.ts";

/** What grpc-js needs beside the handlers themselves. */
export interface CallEnvironment {
  readonly log: AgentLog;
  readonly stalledAfterMs: number;
  readonly peers: Peers;
  readonly quotas: Quotas;
  /** Hears of every call that is answered with an error. */
  readonly onFailed: (call: FailedCall, error: unknown) => void;
  /** Hears of every call. @default nobody */
  readonly observer?: CallObserver | undefined;
}

type UnaryHandler<Request, Response> = (request: Request, context: CallContext) => Promise<Response>;
type StreamHandler<Request, Response> = (request: Request, context: CallContext) => AsyncIterable<Response>;

export function unary<Request, Response>(
  rpc: string,
  handler: UnaryHandler<Request, Response>,
  environment: CallEnvironment,
): handleUnaryCall<Request, Response> {
  const { peers } = environment;
  return (call, callback) => {
    const incoming = new IncomingCall(rpc, call, environment);
    const fail = (error: unknown) => callback(incoming.answer(error));
    const signal = lifetimeOf(call, peers, fail);
    const whenOpen = (respond: () => void) => (signal.aborted ? incoming.ended("CANCELLED") : respond());
    Promise.try(() => handler(call.request, incoming.admit(signal))).then(
      (response) =>
        whenOpen(() => {
          callback(null, response);
          incoming.ended("OK");
        }),
      (error: unknown) => whenOpen(() => fail(error)),
    );
  };
}

export function serverStreaming<Request, Response>(
  rpc: string,
  handler: StreamHandler<Request, Response>,
  toFrame: (message: Response) => Buffer,
  environment: CallEnvironment,
): handleServerStreamingCall<Request, Response> {
  const { log, stalledAfterMs, peers } = environment;
  return (call) => {
    const incoming = new IncomingCall(rpc, call, environment);
    const answer = (error: unknown) => incoming.answer(error);
    // grpc-js makes it the status of the call.
    const signal = lifetimeOf(call, peers, (error) => void call.emit("error", answer(error)));
    // A generator of its own: an error before the first message has to take the same way as later ones.
    let finished = false;
    async function* messages() {
      yield* handler(call.request, incoming.admit(signal));
      finished = true;
    }
    const frame = (message: Response) => {
      incoming.sent(message);
      return toFrame(message);
    };
    const sending = sendAll(call, messages(), frame, {
      signal,
      stalledAfterMs,
      onStalled: () => log.warn(`${rpc}: the client has read nothing for ${stalledAfterMs} ms, cut off`),
      answer,
    });
    void sending.then(() => incoming.ended(finished ? "OK" : "CANCELLED"));
  };
}

interface GrpcCall extends EventEmitter {
  readonly request: unknown;
  getPeer(): string;
}

/** Who calls what, from the call's arrival to its answer. */
class IncomingCall {
  readonly #rpc: string;
  readonly #call: GrpcCall;
  /** Nobody can tell any more when the stream has been closed. */
  readonly #address: string;
  readonly #environment: CallEnvironment;
  readonly #observed: ObservedCall | undefined;
  readonly #began = performance.now();
  #by: Identified | undefined;
  #hasEnded = false;

  constructor(rpc: string, call: GrpcCall, environment: CallEnvironment) {
    this.#rpc = rpc;
    this.#call = call;
    this.#address = call.getPeer();
    this.#environment = environment;
    this.#observed = environment.observer?.begin(rpc);
  }

  /** @throws JobError UNAUTHENTICATED, QUOTA_EXCEEDED, CANCELLED */
  admit(signal: AbortSignal): CallContext {
    const { peers, quotas } = this.#environment;
    const stream = http2StreamOf(this.#call);
    if (signal.aborted || !stream) throw new JobError("CANCELLED", "the call has ended");
    this.#by = peers.identifiedOn(stream.session);
    quotas.startCall(this.#by.caller.tenant, stream);
    return { ...this.#by, signal };
  }

  /** What the caller may know of an error. */
  answer(error: unknown): WireStatus {
    const { onFailed, log, peers } = this.#environment;
    const { request } = this.#call;
    const by = this.#by ?? peers.knownOn(http2StreamOf(this.#call)?.session);
    onFailed({ rpc: this.#rpc, request, by, address: this.#address }, error);
    const answer = answerFor(error, this.#rpc, log);
    this.ended(status[answer.code] as keyof typeof status);
    return answer;
  }

  /** A message of a stream is on its way. */
  sent(message: unknown): void {
    this.#observed?.sent(message);
  }

  /** How the call has ended; what comes after the first time changes nothing. */
  ended(code: keyof typeof status): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#observed?.ended(code);
    const ms = Math.round(performance.now() - this.#began);
    const [rpc, tenant] = [this.#rpc, this.#by?.caller.tenant];
    this.#environment.log.debug(`${rpc}: ${code}`, { rpc, code, tenant, ms, address: this.#address });
  }
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
