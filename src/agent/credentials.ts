import { ServerCredentials } from "@grpc/grpc-js";
import type { TlsMaterial } from "./tls/material.ts";

/** Mutual TLS 1.3: nobody without a certificate of our CA gets as far as HTTP/2. */
export class AgentCredentials extends ServerCredentials {
  constructor(material: TlsMaterial, handshakeTimeoutMs: number) {
    super(
      {
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: "TLSv1.3",
        // Half-open connections are not closed by anything else.
        handshakeTimeout: handshakeTimeoutMs,
      },
      contextOf(material),
    );
  }

  /** New connections get the new material, open ones keep theirs. */
  renew(material: TlsMaterial): void {
    this.updateSecureContextOptions(contextOf(material));
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}

/**
 * minVersion is part of the secure context, and would be lost when that is replaced. Revocation lists are not given
 * to TLS: OpenSSL refuses every client of a CA whose list is missing or out of date, and looks at none again
 * once it is connected. `Peers` does both.
 */
function contextOf({ pem: { ca, cert, key } }: TlsMaterial) {
  return { ca, cert, key, minVersion: "TLSv1.3" as const };
}
