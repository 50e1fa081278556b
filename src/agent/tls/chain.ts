import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { nameOf } from "../../rpc/pem.ts";
import { keyOf } from "./authorities.ts";
import { serialOf } from "./crl.ts";

/** One certificate of a verified chain, and who has issued it. */
export interface ChainLink {
  readonly serial: string;
  /** `keyOf` the CA that has signed it. */
  readonly issuerKey: string;
  readonly issuer: string;
}

/** What TLS has verified of a client. */
export interface PeerChain {
  readonly certificate: X509Certificate;
  /** The client's certificate first, the one below the root last. */
  readonly links: readonly ChainLink[];
}

/** Undefined when there is no certificate, or not all of those above it are there: nobody can be told by that. */
export function chainOf(socket: Pick<TLSSocket, "getPeerCertificate">): PeerChain | undefined {
  const certificates: X509Certificate[] = [];
  // A root is its own issuer.
  for (
    let next = socket.getPeerCertificate(true) as ReturnType<TLSSocket["getPeerCertificate"]> | undefined;
    next?.raw && !certificates.at(-1)?.raw.equals(next.raw);
    next = (next as { issuerCertificate?: typeof next }).issuerCertificate
  ) {
    certificates.push(new X509Certificate(next.raw));
  }
  const [certificate] = certificates;
  if (!certificate || certificates.length < 2) return undefined;
  const links = certificates.slice(0, -1).map((each, index) => {
    const issuer = certificates[index + 1] as X509Certificate;
    return { serial: serialOf(each.serialNumber), issuerKey: keyOf(issuer), issuer: nameOf(issuer) };
  });
  return { certificate, links };
}
