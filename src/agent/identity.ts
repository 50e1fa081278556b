import type { X509Certificate } from "node:crypto";
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
  /** SHA-256 of the certificate, in hexadecimal digits. */
  readonly fingerprint: string;
}

/**
 * Names end up in tables and logs: nothing that could move a cursor or hide itself, as some letters and marks do by being
 * nothing to be seen. X.520 allows 64 characters.
 */
const tenantPattern =
  /^(?! )(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,64}(?<! )$/u;

/**
 * CN is the tenant, O the role. Whether the certificate is valid at the moment is for `objectionTo` to say.
 * @throws JobError UNAUTHENTICATED
 */
export function identify(certificate: X509Certificate): Caller {
  if (!allows(certificate, "clientAuth")) {
    throw unauthenticated("the certificate lacks the extended key usage clientAuth");
  }
  const { CN, O } = certificate.toLegacyObject().subject as Partial<Record<string, string | string[]>>;
  return {
    tenant: tenantOf(CN),
    role: roleOf(O),
    certificateExpiresAt: certificate.validToDate,
    fingerprint: fingerprintOf(certificate),
  };
}

export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(":", "").toLowerCase();
}

function tenantOf(commonName: string | string[] | undefined): string {
  if (commonName === undefined) throw unauthenticated("the client certificate has no common name (CN)");
  if (typeof commonName !== "string")
    throw unauthenticated("the client certificate has several common names (CN)");
  if (!tenantPattern.test(commonName)) {
    throw unauthenticated(
      "the common name (CN) must be 1 to 64 printable characters, without spaces at its ends",
    );
  }
  return commonName;
}

function roleOf(organization: string | string[] | undefined): Role {
  const known = ROLES.find((role) => role === organization);
  if (known) return known;
  const got = organization === undefined ? "none" : inAscii(JSON.stringify(organization));
  throw unauthenticated(
    `the organization (O) of the client certificate must be ${ROLES.join(" or ")}, got ${got}`,
  );
}

/** For logs and terminals: JSON leaves characters as they are that move cursors, or turn the direction of writing. */
function inAscii(json: string): string {
  return json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export function unauthenticated(message: string): JobError {
  return new JobError("UNAUTHENTICATED", message, {
    hint: "log in with a certificate made by: lpr certs issue NAME --role user|admin",
  });
}
