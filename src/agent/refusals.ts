import type { AgentLog } from "./log.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What is refused, and counted; the names are those of `InfoResponse.refusals`. */
export const REFUSAL_KINDS = [
  /** The TLS handshake failed, or came to no end. */
  "handshake",
  /** The certificate is of our CA and not good for anything: expired since, revoked, no tenant, no role. */
  "certificate",
  /** Too many connections. */
  "connections",
  /** Too many calls at a time. */
  "calls",
  /** Too many calls a second. */
  "rate",
  /** A request that is larger than it may be. */
  "messages",
  /** Too many running jobs. */
  "jobs",
  /** The rules of HTTP/2 were broken, or bent to do harm. */
  "protocol",
] as const;

export type RefusalKind = (typeof REFUSAL_KINDS)[number];

/** A client that was not let in, or whose connection was cut. */
export interface Refusal {
  readonly kind: RefusalKind;
  /** `ADDRESS:PORT` of the client. */
  readonly address: string;
  /** In words. */
  readonly reason: string;
  /** SHA-256 of the certificate in hexadecimal digits; where TLS has verified one. */
  readonly fingerprint?: string | undefined;
  readonly tenant?: string | undefined;
  readonly role?: string | undefined;
}

export type OnRefused = (refusal: Refusal) => void;

/** Lines of the log that refused connections may fill at once, and from then on per second: anybody can cause them. */
const LOG_BURST = 20;
const LOG_PER_SECOND = 1;

/** Counts whom the agent refuses, since it was started, and tells of refused connections. */
export class Refusals {
  readonly #counts = new Map<RefusalKind, number>(REFUSAL_KINDS.map((kind) => [kind, 0]));
  readonly #log: AgentLog;
  readonly #onRefused: OnRefused | undefined;
  readonly #lines = new TokenBucket(LOG_PER_SECOND, LOG_BURST);
  #unlogged = 0;

  constructor(log: AgentLog, onRefused?: OnRefused) {
    this.#log = log;
    this.#onRefused = onRefused;
  }

  get counts(): Readonly<Record<RefusalKind, number>> {
    return Object.fromEntries(this.#counts) as Record<RefusalKind, number>;
  }

  /** A call, which is answered with the reason. */
  countCall(kind: RefusalKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** A connection, which is closed without a word. */
  connection(refusal: Refusal): void {
    this.countCall(refusal.kind);
    this.#onRefused?.(refusal);
    if (!this.#lines.take()) {
      this.#unlogged++;
      return;
    }
    const { address, tenant, reason } = refusal;
    const more = this.#unlogged > 0 ? ` (${this.#unlogged} more were not logged)` : "";
    this.#unlogged = 0;
    this.#log.warn(`refused ${address}${tenant === undefined ? "" : ` of ${tenant}`}: ${reason}${more}`);
  }
}
