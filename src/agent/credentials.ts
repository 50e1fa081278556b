import { ServerCredentials } from "@grpc/grpc-js";

/** PEM texts that TLS works with; the key is decrypted. */
export interface AgentPem {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly crl?: string | undefined;
}

/** Mutual TLS 1.3: nobody without a certificate of our CA gets as far as HTTP/2. */
export class AgentCredentials extends ServerCredentials {
  constructor({ ca, cert, key, crl }: AgentPem) {
    super(
      {
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: "TLSv1.3",
        // Half-open connections are not closed by anything else.
        handshakeTimeout: 10_000,
      },
      // minVersion again: this half makes the secure context.
      { ca, cert, key, minVersion: "TLSv1.3", ...(crl === undefined ? {} : { crl }) },
    );
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}
