import type { Client } from "./client.ts";

/** Where an agent is and how to prove who one is. PEM texts, not paths. */
export interface ConnectOptions {
  /** `host:port`, `[v6]:port`, `host` or any of them behind a scheme, which always means mTLS. @default port 50051 */
  readonly address: string;
  readonly ca: string;
  /** The client's certificate, followed by intermediate ones. */
  readonly cert: string;
  /** Its private key, encrypted or not. */
  readonly key: string;
  /** Needed when the key is encrypted. */
  readonly passphrase?: string | undefined;
}

/** Being written: the signature is final. Connects at the first call. */
export declare function connect(options: ConnectOptions): Client;
