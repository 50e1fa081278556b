import type { Http2SecureServer, ServerHttp2Stream } from "node:http2";
import type { ClientLimits } from "./client-limits.ts";
import type { Peers } from "./peers.ts";

type Limits = Pick<ClientLimits, "pendingBytes" | "requestTimeoutMs">;

/**
 * Requests that have not arrived in full. They are kept in memory and no handler knows of them yet, so without a
 * limit a client could fill it with requests that it never ends, or trickles in for ever.
 */
export class PendingRequests {
  readonly #limits: Limits;
  readonly #peers: Pick<Peers, "tenantOn" | "cut">;
  /** Bytes by tenant. */
  readonly #bytes = new Map<string, number>();

  constructor(limits: Limits, peers: Pick<Peers, "tenantOn" | "cut">) {
    this.#limits = limits;
    this.#peers = peers;
  }

  watch(server: Http2SecureServer): void {
    server.on("stream", (stream: ServerHttp2Stream) => this.#add(stream));
  }

  #add(stream: ServerHttp2Stream): void {
    const { session } = stream;
    if (!session) return;
    const tenant = this.#peers.tenantOn(session) ?? "";
    const { pendingBytes, requestTimeoutMs } = this.#limits;
    const timeout = setTimeout(
      () => this.#peers.cut(session, `a request did not arrive in full within ${requestTimeoutMs} ms`),
      requestTimeoutMs,
    );
    let bytes = 0;
    const done = () => {
      clearTimeout(timeout);
      this.#count(tenant, -bytes);
      bytes = 0;
    };
    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      const all = this.#count(tenant, chunk.length);
      if (all > pendingBytes)
        this.#peers.cut(session, `more than ${pendingBytes} bytes of requests are pending`);
    });
    stream.once("end", done);
    stream.once("close", done);
  }

  #count(tenant: string, bytes: number): number {
    const all = (this.#bytes.get(tenant) ?? 0) + bytes;
    if (all > 0) this.#bytes.set(tenant, all);
    else this.#bytes.delete(tenant);
    return all;
  }
}
