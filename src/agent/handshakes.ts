import type { Http2SecureServer } from "node:http2";
import type { TLSSocket } from "node:tls";
import type { Refusals } from "./refusals.ts";

/** Tells of those who do not get through the TLS handshake. */
export function watchHandshakes(server: Http2SecureServer, refusals: Refusals): void {
  // A socket that has been closed does not know any more where it came from.
  const addresses = new WeakMap<TLSSocket, string>();
  server.on("connection", (socket: TLSSocket) => void addresses.set(socket, addressOf(socket)));
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    const address = addresses.get(socket) ?? addressOf(socket);
    refusals.connection({ kind: "handshake", address, reason: handshakeReason(error) });
  });
}

/** As `HOST:PORT`. */
export function addressOf({
  remoteAddress,
  remotePort,
}: Pick<TLSSocket, "remoteAddress" | "remotePort">): string {
  if (remoteAddress === undefined) return "unknown address";
  const host = remoteAddress.includes(":") ? `[${remoteAddress}]` : remoteAddress;
  return `${host}:${remotePort}`;
}

/** OpenSSL's codes in words; its own text is for programmers, and may hold what a stranger has sent. */
export function handshakeReason({ code = "" }: NodeJS.ErrnoException): string {
  return reasons[code] ?? `the TLS handshake failed (${code || "unknown reason"})`;
}

const reasons: Partial<Record<string, string>> = {
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: "no client certificate",
  CERT_HAS_EXPIRED: "the client certificate has expired",
  CERT_NOT_YET_VALID: "the client certificate is not valid yet",
  INVALID_PURPOSE: "the certificate lacks the extended key usage clientAuth",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the client certificate is not of a CA that this agent trusts",
  UNABLE_TO_GET_ISSUER_CERT: "the client certificate is not of a CA that this agent trusts",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the client certificate is not of a CA that this agent trusts",
  SELF_SIGNED_CERT_IN_CHAIN: "the client certificate is not of a CA that this agent trusts",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the client certificate is not of a CA that this agent trusts",
  CERT_SIGNATURE_FAILURE: "the signature of the client certificate is wrong",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "it does not speak TLS 1.3",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS",
  ERR_SSL_HTTP_REQUEST: "it speaks HTTP without TLS",
  ERR_SSL_NO_APPLICATION_PROTOCOL: "it does not speak HTTP/2",
  ERR_TLS_HANDSHAKE_TIMEOUT: "it did not finish the TLS handshake in time",
  ECONNRESET: "it hung up during the TLS handshake",
};
