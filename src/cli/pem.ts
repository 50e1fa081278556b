import { X509Certificate } from "node:crypto";

/** What a PEM file may hold, in any order: `cat key.pem cert.pem ca.pem` is a fine one. */
export interface PemContent {
  /** First private key. */
  readonly key: string | undefined;
  /** Whether that key needs a passphrase. */
  readonly encrypted: boolean;
  /** The owner's certificate, then intermediate ones. */
  readonly chain: readonly string[];
  /** Self-signed certificate authorities. */
  readonly authorities: readonly string[];
}

/** @throws Error when a certificate in it is damaged */
export function readPem(text: string): PemContent {
  const blocks = text.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g) ?? [];
  const key = blocks.find((block) => /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(block));
  const certificates = blocks.filter((block) => block.startsWith("-----BEGIN CERTIFICATE-----"));
  const authorities = certificates.filter(isAuthority);
  return {
    key,
    // PKCS #8 says it in the label, the older form in a header.
    encrypted: key !== undefined && /^-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(key),
    chain: certificates.filter((certificate) => !authorities.includes(certificate)),
    authorities,
  };
}

function isAuthority(pem: string): boolean {
  const certificate = new X509Certificate(pem);
  return certificate.ca && certificate.subject === certificate.issuer;
}
