import { constants } from "node:http2";
import { Metadata, type ServerWritableStream } from "@grpc/grpc-js";
import type { WireStatus } from "../rpc/status.ts";
import { http2StreamOf } from "./http2-stream.ts";

/** Messages handed to HTTP/2 and not yet taken by it: what a stopped reader costs. */
const MAX_UNFINISHED = 2;

export interface SendOptions {
  /** Aborted when the call has ended: nobody will take another message. */
  readonly signal: AbortSignal;
  /** Time without progress after which a stream is cut, in milliseconds. */
  readonly stalledAfterMs: number;
  readonly onStalled: () => void;
  /** What the client may know of an error of `messages`. */
  readonly answer: (error: unknown) => WireStatus;
}

/**
 * Sends messages as fast as the client takes them, then how it ended. Never throws; returns when the call has ended.
 * They are framed here and written to the HTTP/2 stream itself: the way through grpc-js, with a second writable
 * stream and two more copies, costs as much again. Headers, trailers and the end stay with grpc-js.
 */
export async function sendAll<T>(
  call: ServerWritableStream<unknown, T>,
  messages: AsyncIterable<T>,
  toFrame: (message: T) => Buffer,
  { signal, stalledAfterMs, onStalled, answer }: SendOptions,
): Promise<void> {
  let unfinished = 0;
  let wake: (() => void) | undefined;
  const onAbort = () => wake?.();
  const onWritten = () => {
    unfinished--;
    wake?.();
  };
  const progress = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    const watchdog = setTimeout(() => {
      onStalled();
      cut(call);
    }, stalledAfterMs);
    await promise;
    clearTimeout(watchdog);
  };

  signal.addEventListener("abort", onAbort);
  try {
    for await (const message of messages) {
      while (unfinished >= MAX_UNFINISHED && !signal.aborted) await progress();
      if (signal.aborted) return;
      const stream = http2StreamOf(call);
      // grpc-js has ended the call itself, at its deadline for instance; what follows is its 'cancelled'.
      if (!stream?.writable) break;
      if (!stream.headersSent) call.sendMetadata(new Metadata());
      unfinished++;
      stream.write(toFrame(message), onWritten);
    }
    call.end();
  } catch (error) {
    // grpc-js makes it the status of the call, behind what has been written already.
    if (!signal.aborted) call.emit("error", answer(error));
  }
  // What HTTP/2 has taken may still wait for the client; the end of the call aborts the signal.
  while (!signal.aborted) await progress();
  signal.removeEventListener("abort", onAbort);
}

/**
 * Ends a stream that is stuck although its client answers pings. A status would queue behind the data that
 * cannot be sent, so the stream is reset; REFUSED_STREAM is what gRPC clients report as UNAVAILABLE.
 */
function cut(call: object): void {
  http2StreamOf(call)?.close(constants.NGHTTP2_REFUSED_STREAM);
}
