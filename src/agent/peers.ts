import type { Http2SecureServer, Http2Session, Http2Stream } from "node:http2";
import type { TLSSocket } from "node:tls";
import { JobError } from "../job/errors.ts";
import { addressOf } from "./handshakes.ts";
import { type Caller, fingerprintOf, identify, unauthenticated } from "./identity.ts";
import type { Quotas } from "./quotas.ts";
import type { RefusalKind, Refusals } from "./refusals.ts";
import { chainOf, type PeerChain } from "./tls/chain.ts";
import { objectionTo, type TlsMaterial } from "./tls/material.ts";

/** Time for a client that is refused to call (again), and so to hear why, in milliseconds; then its connection is cut. */
const LINGER_MS = 5_000;
/** Connections that may wait for that at a time: no more than a courtesy. */
const MAX_LINGERING = 100;

/** The client at the other end of a connection. */
interface Peer {
  /** `HOST:PORT`. */
  readonly address: string;
  readonly chain: PeerChain;
  /** Found out once, as connections carry many calls; absent: the certificate says nothing that would do. */
  readonly caller: Caller | undefined;
  /** Why it may call nothing. */
  refusal: JobError | undefined;
  /** What ends the calls that are under way. */
  readonly calls: Map<Http2Stream, (error: JobError) => void>;
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
  readonly #quotas: Quotas;
  #lingering = 0;

  constructor(material: () => TlsMaterial, refusals: Refusals, quotas: Quotas) {
    this.#material = material;
    this.#refusals = refusals;
    this.#quotas = quotas;
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
    if (peer?.refusal) throw peer.refusal;
    if (!peer?.caller) throw unauthenticated("the agent got no client certificate that it can verify");
    const objection = this.#objectionTo(peer.chain);
    if (objection) throw objection;
    return { caller: peer.caller, address: peer.address };
  }

  /** The same, whether that still counts or not: to tell of a call that was refused. */
  knownOn(session: Http2Session | undefined): Identified | undefined {
    const peer = session && this.#peers.get(session);
    return peer?.caller && { caller: peer.caller, address: peer.address };
  }

  /** Calls back when the caller of this call is refused while it is under way. */
  whenRefused(stream: Http2Stream, end: (error: JobError) => void): void {
    const calls = stream.session && this.#peers.get(stream.session)?.calls;
    if (!calls) return;
    calls.set(stream, end);
    stream.once("close", () => calls.delete(stream));
  }

  /** Ends the calls and connections of those who would not get in any more. */
  cutRefused(): void {
    for (const [session, peer] of this.#peers) {
      // Those who are refused already have been told of.
      const refusal = peer.refusal ? undefined : this.#objectionTo(peer.chain);
      if (!refusal) continue;
      for (const end of peer.calls.values()) end(refusal);
      this.#refuse(session, peer, refusal);
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
    const { caller, refusal = this.#objectionTo(chain) } = identityIn(chain);
    const peer: Peer = { address, chain, caller, refusal: undefined, calls: new Map() };
    this.#peers.set(session, peer);
    session.on("close", () => this.#peers.delete(session));
    session.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      // Others are of the network, and no fault of anybody.
      if (code?.startsWith("ERR_HTTP2")) this.#tell(peer, `HTTP/2: ${message}`, "protocol");
    });
    if (refusal) {
      this.#refuse(session, peer, refusal);
      return;
    }
    const tooMany = caller && this.#quotas.addConnection(caller.tenant, session);
    if (tooMany) this.#refuse(session, peer, tooMany, "connections");
  }

  /** Of a client that nothing is wrong with. */
  tenantOn(session: Http2Session): string | undefined {
    return this.#peers.get(session)?.caller?.tenant;
  }

  /** Ends a connection at once. */
  cut(session: Http2Session, reason: string): void {
    const peer = this.#peers.get(session);
    if (peer && !session.destroyed) this.#tell(peer, reason, "calls");
    session.destroy();
  }

  #objectionTo(chain: PeerChain): JobError | undefined {
    const objection = objectionTo(chain, this.#material(), new Date());
    return objection === undefined ? undefined : unauthenticated(objection);
  }

  #refuse(session: Http2Session, peer: Peer, refusal: JobError, kind: RefusalKind = "certificate"): void {
    peer.refusal = refusal;
    this.#tell(peer, refusal.message, kind);
    if (this.#lingering >= MAX_LINGERING) {
      session.destroy();
      return;
    }
    this.#lingering++;
    const cut = setTimeout(() => session.destroy(), LINGER_MS);
    session.once("close", () => {
      this.#lingering--;
      clearTimeout(cut);
    });
  }

  #tell({ address, chain, caller }: Peer, reason: string, kind: RefusalKind): void {
    const fingerprint = fingerprintOf(chain.certificate);
    const { tenant, role } = caller ?? {};
    this.#refusals.connection({ kind, address, reason, fingerprint, tenant, role });
  }
}

function identityIn({ certificate }: PeerChain): { caller?: Caller; refusal?: JobError } {
  try {
    return { caller: identify(certificate) };
  } catch (error) {
    if (error instanceof JobError) return { refusal: error };
    throw error;
  }
}
