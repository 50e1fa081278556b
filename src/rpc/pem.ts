import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

/** Extended key usages: what a certificate may be used for. */
const usages = {
  serverAuth: { oid: "1.3.6.1.5.5.7.3.1", owner: "an agent" },
  clientAuth: { oid: "1.3.6.1.5.5.7.3.2", owner: "a client" },
} as const;

export type Usage = keyof typeof usages;

export function allows(certificate: X509Certificate, usage: Usage): boolean {
  return certificate.keyUsage?.includes(usages[usage].oid) ?? false;
}

export interface KeyPairPem {
  /** The certificate, followed by intermediate ones. */
  readonly cert: string;
  readonly key: string;
  readonly passphrase?: string | undefined;
}

export interface Credentials {
  readonly certificate: X509Certificate;
  /** PEM, decrypted. */
  readonly key: string;
}

/** Whether a passphrase is needed to read this private key. */
export function isEncrypted(key: string): boolean {
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(key);
}

/** Reads and checks a certificate with its key. What is wrong is added to `issues`, all at once. */
export function readCredentials(pem: KeyPairPem, usage: Usage, issues: string[]): Credentials | undefined {
  const certificate = readCertificate(pem.cert, "certificate", issues);
  const key = readKey(pem, issues);
  if (certificate) checkCertificate(certificate, usage, issues);
  if (!certificate || !key) return undefined;
  if (!certificate.checkPrivateKey(key)) {
    issues.push(`the private key does not belong to the certificate of ${nameOf(certificate)}`);
  }
  return { certificate, key: key.export({ type: "pkcs8", format: "pem" }).toString() };
}

/** Reads the first certificate of a PEM text. */
export function readCertificate(pem: string, what: string, issues: string[]): X509Certificate | undefined {
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) {
    issues.push(`the ${what} is not a PEM text with a BEGIN CERTIFICATE line`);
    return undefined;
  }
  try {
    return new X509Certificate(pem.slice(pem.indexOf("-----BEGIN CERTIFICATE-----")));
  } catch (error) {
    issues.push(`the ${what} cannot be read: ${messageOf(error)}`);
    return undefined;
  }
}

function checkCertificate(certificate: X509Certificate, usage: Usage, issues: string[]): void {
  const now = new Date();
  if (certificate.validToDate < now) {
    issues.push(`the certificate of ${nameOf(certificate)} expired on ${day(certificate.validToDate)}`);
  }
  if (certificate.validFromDate > now) {
    issues.push(
      `the certificate of ${nameOf(certificate)} is not valid before ${certificate.validFromDate.toISOString()}; is the clock right?`,
    );
  }
  if (!allows(certificate, usage)) {
    issues.push(
      `the certificate of ${nameOf(certificate)} is not for ${usages[usage].owner}: it lacks the extended key usage ${usage}`,
    );
  }
}

function readKey({ key, passphrase }: KeyPairPem, issues: string[]): KeyObject | undefined {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key)) {
    issues.push("the private key is not a PEM text with a BEGIN PRIVATE KEY line");
    return undefined;
  }
  const encrypted = isEncrypted(key);
  if (encrypted && passphrase === undefined) {
    issues.push("the private key is encrypted and no passphrase was given");
    return undefined;
  }
  try {
    return createPrivateKey(encrypted ? { key, passphrase } : { key });
  } catch (error) {
    // OpenSSL cannot tell a wrong passphrase from a damaged key.
    const why = encrypted ? "the passphrase is wrong, or the key is damaged" : messageOf(error);
    issues.push(`the private key cannot be read: ${why}`);
    return undefined;
  }
}

/** The common name, or the whole subject, in one line. */
export function nameOf(certificate: X509Certificate): string {
  const commonName = /^CN=(.*)$/m.exec(certificate.subject)?.[1];
  return commonName ?? (certificate.subject?.replaceAll("\n", ", ") || "nobody");
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
