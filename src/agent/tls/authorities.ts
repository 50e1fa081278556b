import { createHash, X509Certificate } from "node:crypto";
import { expectTag, readDer, tags } from "./der.ts";

/** Every certificate of a PEM text; what cannot be read is added to `issues`. */
export function readCertificates(pem: string, what: string, issues: string[]): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) issues.push(`the ${what} is not a PEM text with a BEGIN CERTIFICATE line`);
  return blocks.flatMap((block, index) => {
    try {
      return new X509Certificate(block);
    } catch (error) {
      const which = blocks.length > 1 ? ` (certificate ${index + 1})` : "";
      issues.push(`the ${what}${which} cannot be read: ${error instanceof Error ? error.message : error}`);
      return [];
    }
  });
}

/** DER of the name a certificate is for: its text may be the same for different ones. */
export function subjectOf(certificate: X509Certificate): Buffer {
  const [outer] = readDer(certificate.raw);
  const [tbs] = readDer(expectTag(outer, tags.sequence).content);
  const fields = readDer(expectTag(tbs, tags.sequence).content);
  if (fields[0]?.tag === tags.context0) fields.shift();
  const [_serial, _algorithm, _issuer, _validity, subject] = fields;
  return Buffer.from(expectTag(subject, tags.sequence).raw);
}

/** Of a CA, in one short text; renewed certificates of a CA may share its key. */
export function keyOf({ publicKey }: X509Certificate): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
}
