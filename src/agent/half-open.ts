import type { Http2SecureServer } from "node:http2";
import type { TLSSocket } from "node:tls";
import type { ClientLimits } from "./client-limits.ts";
import { addressOf } from "./handshakes.ts";
import type { Refusals } from "./refusals.ts";

type Limits = Pick<ClientLimits, "handshakes" | "handshakesPerAddress">;

/**
 * Connections whose TLS handshake is not done. Anybody can open them, so there is a limit, and beyond it the oldest
 * one goes: those who really want in need a moment only, and get in while a flood replaces itself.
 */
export class HalfOpen {
  readonly #limits: Limits;
  readonly #refusals: Refusals;
  /** By address of the host; in the order they came, as sets are. */
  readonly #byHost = new Map<string, Set<TLSSocket>>();
  readonly #all = new Set<TLSSocket>();
  readonly #ends = new WeakMap<TLSSocket, () => void>();

  constructor(limits: Limits, refusals: Refusals) {
    this.#limits = limits;
    this.#refusals = refusals;
  }

  watch(server: Http2SecureServer): void {
    server.on("connection", (socket: TLSSocket) => this.#add(socket));
    server.on("secureConnection", (socket: TLSSocket) => this.#ends.get(socket)?.());
  }

  #add(socket: TLSSocket): void {
    const host = socket.remoteAddress ?? "";
    const address = addressOf(socket);
    const ofHost = this.#byHost.get(host) ?? new Set();
    this.#byHost.set(host, ofHost.add(socket));
    this.#all.add(socket);
    const done = () => {
      this.#all.delete(socket);
      ofHost.delete(socket);
      if (ofHost.size === 0 && this.#byHost.get(host) === ofHost) this.#byHost.delete(host);
    };
    this.#ends.set(socket, done);
    socket.once("close", done);
    if (ofHost.size > this.#limits.handshakesPerAddress) this.#drop(ofHost, address);
    else if (this.#all.size > this.#limits.handshakes) this.#drop(this.#all, address);
  }

  #drop(sockets: ReadonlySet<TLSSocket>, address: string): void {
    const [oldest] = sockets;
    if (!oldest) return;
    const reason = "too many connections are in their TLS handshake, the oldest one had to go";
    this.#refusals.connection({ kind: "connections", address, reason });
    // Not at its close, which comes later than the next connection of a flood.
    this.#ends.get(oldest)?.();
    oldest.destroy();
  }
}
