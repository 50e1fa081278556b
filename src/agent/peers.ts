import type { Http2SecureServer, Http2Session } from "node:http2";
import type { TLSSocket } from "node:tls";
import { JobError } from "../job/errors.ts";
import { addressOf } from "./handshakes.ts";
import { type Caller, fingerprintOf, identify, unauthenticated } from "./identity.ts";
import type { Refusals } from "./refusals.ts";
import { chainOf, type PeerChain } from "./tls/chain.ts";
import { objectionTo, type TlsMaterial } from "./tls/material.ts";

/** Time for a client that is refused to call, and so to hear why, in milliseconds; then its connection is cut. */
const LINGER_MS = 5_000;

/** The client at the other end of a connection. */
interface Peer {
  /** `HOST:PORT`. */
  readonly address: string;
  readonly chain: PeerChain;
  /** Who it is, or why it may call nothing: found out once, as connections carry many calls. */
  readonly identity: Caller | JobError;
}

/** Who calls, and from where. */
export interface Identified {
  readonly caller: Caller;
  /** `HOST:PORT`. */
  readonly address: string;
}

/** The clients that are connected: who each is, and whether that still counts. */
export class Peers {
  readonly #peers = new Map<Http2Session, Peer>();
  readonly #material: () => TlsMaterial;
  readonly #refusals: Refusals;

  constructor(material: () => TlsMaterial, refusals: Refusals) {
    this.#material = material;
    this.#refusals = refusals;
  }

  /** Before any call on it, it is known who is at the other end. */
  watch(server: Http2SecureServer): void {
    server.on("session", (session) => this.#admit(session));
  }

  /**
   * Who calls on this connection.
   * @throws JobError UNAUTHENTICATED, also when a certificate that was good at first is so no more
   */
  identifiedOn(session: Http2Session | undefined): Identified {
    const peer = session && this.#peers.get(session);
    if (!peer) throw unauthenticated("the agent got no client certificate that it can verify");
    if (peer.identity instanceof JobError) throw peer.identity;
    const objection = objectionTo(peer.chain, this.#material(), new Date());
    if (objection !== undefined) throw unauthenticated(objection);
    return { caller: peer.identity, address: peer.address };
  }

  /** Cuts the connections of those who would not get in any more, with all that runs over them. */
  cutRefused(): void {
    for (const [session, peer] of this.#peers) {
      const objection = objectionTo(peer.chain, this.#material(), new Date());
      // Those who never got in have been told of.
      if (objection === undefined || peer.identity instanceof JobError) continue;
      this.#tell(peer, objection);
      session.destroy();
    }
  }

  #admit(session: Http2Session): void {
    const socket = session.socket as TLSSocket;
    const address = addressOf(socket);
    const chain = chainOf(socket);
    if (!chain) {
      this.#refusals.connection({
        kind: "certificate",
        address,
        reason: "no certificate that can be verified",
      });
      session.destroy();
      return;
    }
    const peer = { address, chain, identity: this.#identityOf(chain) };
    this.#peers.set(session, peer);
    session.on("close", () => this.#peers.delete(session));
    if (!(peer.identity instanceof JobError)) return;
    this.#tell(peer, peer.identity.message);
    const cut = setTimeout(() => session.destroy(), LINGER_MS);
    session.on("close", () => clearTimeout(cut));
  }

  #identityOf(chain: PeerChain): Caller | JobError {
    const objection = objectionTo(chain, this.#material(), new Date());
    if (objection !== undefined) return unauthenticated(objection);
    try {
      return identify(chain.certificate);
    } catch (error) {
      if (error instanceof JobError) return error;
      throw error;
    }
  }

  #tell({ address, chain, identity }: Peer, reason: string): void {
    const { tenant, role } = identity instanceof JobError ? {} : identity;
    const fingerprint = fingerprintOf(chain.certificate);
    this.#refusals.connection({ kind: "certificate", address, reason, fingerprint, tenant, role });
  }
}
