import type { ServerHttp2Stream } from "node:http2";
import { type ServerInterceptingCall, type ServerInterceptor, status } from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";
import type { FailedCall } from "./audit/failure.ts";
import type { Peers } from "./peers.ts";
import type { Refusals } from "./refusals.ts";

/**
 * Requests unpacked at a time, of all clients: a few kilobytes become as much as a message may have, and no handler knows
 * of them yet.
 */
const UNPACKED_AT_A_TIME = 2;

/** The lower end of a call of grpc-js, which gives no other way to what comes before its handler. */
interface LowerEnd {
  readonly stream: ServerHttp2Stream;
  decompressMessage(message: Buffer, encoding: string): Buffer | Promise<Buffer>;
  sendStatus(status: { readonly code?: status; readonly details?: string }): void;
}

export interface IncomingMessagesOptions {
  readonly peers: Pick<Peers, "knownOn">;
  readonly refusals: Pick<Refusals, "countCall">;
  /** Hears of calls whose request is too large. */
  readonly onFailed: (call: FailedCall, error: unknown) => void;
}

/** Bounds what requests take that are compressed, and tells of those that are too large; grpc-js refuses these by itself. */
export function incomingMessages({ peers, refusals, onFailed }: IncomingMessagesOptions): ServerInterceptor {
  const turns = new Turns();
  return ({ path }, call) => {
    const lower = call as unknown as LowerEnd;
    const [unpack, send] = [lower.decompressMessage.bind(lower), lower.sendStatus.bind(lower)];
    lower.decompressMessage = (message, encoding) =>
      encoding === "identity"
        ? unpack(message, encoding)
        : turns.take(async () => {
            // Of a call that has ended meanwhile nobody hears how.
            if (lower.stream.destroyed) throw { code: status.CANCELLED };
            return unpack(message, encoding);
          });
    lower.sendStatus = (answer) => {
      if (answer.code === status.RESOURCE_EXHAUSTED && answer.details?.startsWith("Received message")) {
        refusals.countCall("messages");
        const rpc = path.slice(path.lastIndexOf("/") + 1);
        const by = peers.knownOn(lower.stream.session);
        const error = new JobError("QUOTA_EXCEEDED", "the request is larger than it may be");
        onFailed({ rpc, request: {}, by, address: call.getPeer() }, error);
      }
      send(answer);
    };
    // The same call: a wrapper of grpc-js around it would cost every message.
    return call as ServerInterceptingCall;
  };
}

/** A few at a time, in the order they came. */
class Turns {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  async take<T>(act: () => Promise<T>): Promise<T> {
    if (this.#taken >= UNPACKED_AT_A_TIME) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    } else this.#taken++;
    try {
      return await act();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#taken--;
    }
  }
}
