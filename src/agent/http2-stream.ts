import type { ServerHttp2Stream } from "node:http2";

/**
 * The HTTP/2 stream below a call. grpc-js gives no other way to reset one, or to see that it ended
 * before its handler was called.
 */
export function http2StreamOf(call: object): ServerHttp2Stream | undefined {
  const stream = (call as { call?: { stream?: Partial<ServerHttp2Stream> } }).call?.stream;
  return typeof stream?.close === "function" ? (stream as ServerHttp2Stream) : undefined;
}
