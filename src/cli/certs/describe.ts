import { X509Certificate } from "node:crypto";

/** What a certificate says, as `lpr certs show -o json` prints it. Names of fields stay as they are. */
export interface CertificateInfo {
  readonly file: string;
  readonly kind: "authority" | "agent" | "client" | "other";
  /** Relative names, outermost first, separated by commas: "O=user, CN=alice". */
  readonly subject: string;
  /** Tenant and role, for a client. */
  readonly tenant?: string;
  readonly role?: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** ISO 8601, UTC. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Whole days, negative when it has expired. */
  readonly daysLeft: number;
  /** Host names and addresses. */
  readonly hosts: readonly string[];
  /** Extended key usages by name, by number where the name is not known here. */
  readonly usages: readonly string[];
  /** SHA-256, as openssl prints it. */
  readonly fingerprint: string;
  /** How the private key lies on disk: in the same file, or beside it as NAME-key.pem. */
  readonly key: "encrypted" | "unencrypted" | "absent";
  /** Whether this authority has signed it; absent when there is none to compare with. */
  readonly issuedByAuthority?: boolean;
  /** Only where this authority has revoked it. */
  readonly revoked?: true;
}

export interface DescribeInput {
  readonly file: string;
  /** Its contents: certificates, and possibly a key. */
  readonly pem: string;
  /** Contents of the key file beside it. */
  readonly keyPem?: string | undefined;
  /** The authority to compare with. */
  readonly authority?: X509Certificate | undefined;
  /** Serial numbers that the authority has revoked. */
  readonly revoked?: ReadonlySet<string> | undefined;
  readonly now: Date;
}

const dayMs = 86_400_000;

const usageNames = new Map([
  ["1.3.6.1.5.5.7.3.1", "serverAuth"],
  ["1.3.6.1.5.5.7.3.2", "clientAuth"],
]);

/** Every certificate of a PEM text, in its order. The key belongs to the first one. Throws when one cannot be read. */
export function describe(input: DescribeInput): CertificateInfo[] {
  return readCertificates(input.pem).map((certificate, index) => {
    const key = index === 0 ? keyState(`${input.pem}${input.keyPem ?? ""}`) : "absent";
    return describeOne(certificate, key, input);
  });
}

export function readCertificates(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

function describeOne(
  certificate: X509Certificate,
  key: CertificateInfo["key"],
  { file, authority, revoked, now }: DescribeInput,
): CertificateInfo {
  const issued = authority && isIssuedBy(certificate, authority);
  const usages = (certificate.keyUsage ?? []).map((oid) => usageNames.get(oid) ?? oid);
  const kind = kindOf(certificate, usages);
  const { CN, O } = certificate.toLegacyObject().subject as Partial<Record<string, string | string[]>>;
  return {
    file,
    kind,
    subject: inOneLine(certificate.subject),
    ...(kind === "client" && typeof CN === "string" && { tenant: inOneLine(CN) }),
    ...(kind === "client" && typeof O === "string" && { role: inOneLine(O) }),
    issuer: inOneLine(certificate.issuer),
    serial: certificate.serialNumber,
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    daysLeft: Math.floor((certificate.validToDate.getTime() - now.getTime()) / dayMs),
    hosts: hostsOf(certificate),
    usages,
    fingerprint: certificate.fingerprint256,
    key,
    ...(issued !== undefined && { issuedByAuthority: issued }),
    ...(issued && revoked?.has(certificate.serialNumber) && { revoked: true as const }),
  };
}

function kindOf(certificate: X509Certificate, usages: readonly string[]): CertificateInfo["kind"] {
  if (certificate.ca) return "authority";
  const [agent, client] = [usages.includes("serverAuth"), usages.includes("clientAuth")];
  if (agent === client) return "other";
  return agent ? "agent" : "client";
}

/** The subject alone proves nothing: two authorities may share it. */
function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

function hostsOf(certificate: X509Certificate): string[] {
  const names = certificate.subjectAltName;
  return names ? names.split(", ").map((name) => inOneLine(name.replace(/^(DNS|IP Address):/, ""))) : [];
}

function keyState(pem: string): CertificateInfo["key"] {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem)) return "encrypted";
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem) ? "unencrypted" : "absent";
}

/** Anybody may have made the certificate: nothing in it moves the terminal's cursor. */
function inOneLine(text: string | undefined): string {
  return (text ?? "").replaceAll("\n", ", ").replace(/\p{C}/gu, "?");
}
