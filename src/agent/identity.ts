import { X509Certificate } from "node:crypto";
import type { PeerCertificate } from "node:tls";
import { JobError } from "../job/errors.ts";
import { allows } from "../rpc/pem.ts";

export const ROLES = ["admin", "user"] as const;
/** `admin` manages all jobs, `user` only its own. */
export type Role = (typeof ROLES)[number];

/** Who calls, by nothing but a certificate that TLS has verified. */
export interface Caller {
  readonly tenant: string;
  readonly role: Role;
  readonly certificateExpiresAt: Date;
}

/** Names end up in tables and logs: nothing that could move a cursor or hide itself. X.520 allows 64 characters. */
const tenantPattern = /^(?! )[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,64}(?<! )$/u;

/**
 * CN is the tenant, O the role.
 * @throws JobError UNAUTHENTICATED
 */
export function identify(peer: PeerCertificate | undefined, now = new Date()): Caller {
  if (!peer?.raw) throw refused("the agent got no client certificate that it can verify");
  const certificate = new X509Certificate(peer.raw);
  if (!allows(certificate, "clientAuth")) {
    throw refused("the certificate lacks the extended key usage clientAuth");
  }
  // TLS checks the date at the handshake only, and connections may live for long.
  if (certificate.validToDate < now) throw refused("the client certificate has expired");
  const { CN, O } = certificate.toLegacyObject().subject as Partial<Record<string, string | string[]>>;
  return {
    tenant: tenantOf(CN),
    role: roleOf(O),
    certificateExpiresAt: certificate.validToDate,
  };
}

function tenantOf(commonName: string | string[] | undefined): string {
  if (commonName === undefined) throw refused("the client certificate has no common name (CN)");
  if (typeof commonName !== "string") throw refused("the client certificate has several common names (CN)");
  if (!tenantPattern.test(commonName)) {
    throw refused("the common name (CN) must be 1 to 64 printable characters, without spaces at its ends");
  }
  return commonName;
}

function roleOf(organization: string | string[] | undefined): Role {
  const known = ROLES.find((role) => role === organization);
  if (known) return known;
  const got = organization === undefined ? "none" : JSON.stringify(organization);
  throw refused(`the organization (O) of the client certificate must be ${ROLES.join(" or ")}, got ${got}`);
}

function refused(message: string): JobError {
  return new JobError("UNAUTHENTICATED", message, {
    hint: "log in with a certificate made by: lpr certs issue NAME --role user|admin",
  });
}
