import { type KeyObject, verify } from "node:crypto";
import { type DerValue, expectTag, readDer, tags } from "./der.ts";

/** A certificate revocation list (RFC 5280, section 5), its signature not yet verified. */
export interface Crl {
  /** DER of the CA's name. */
  readonly issuer: Buffer;
  readonly thisUpdate: Date;
  /** When the next one is due; absent: never. */
  readonly nextUpdate?: Date | undefined;
  /** Serial numbers as `serialOf` writes them. */
  readonly serials: ReadonlySet<string>;
  isSignedBy(key: KeyObject): boolean;
}

/** Of a certificate or an entry of a list, in one way of writing: hexadecimal digits without leading zeros. */
export function serialOf(hex: string): string {
  return hex.toUpperCase().replace(/^0+(?=.)/, "");
}

/** @throws RangeError that says what is wrong with it, or what it holds that nobody could honour */
export function parseCrl(der: Uint8Array): Crl {
  const [outer] = readDer(der);
  const [tbs, algorithm, signature] = readDer(expectTag(outer, tags.sequence).content);
  const signed = expectTag(tbs, tags.sequence);
  const fields = readDer(signed.content);
  // Only version 2 says which one it is.
  if (fields[0]?.tag === tags.integer) fields.shift();
  const [, issuer, thisUpdate, ...rest] = fields;
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined;
  const entries = rest[0]?.tag === tags.sequence ? readDer(rest.shift()?.content ?? new Uint8Array()) : [];
  if (rest[0]?.tag === tags.context0) refuseCritical(readDer(rest[0].content)[0]);
  const bits = expectTag(signature, tags.bitString).content;
  const digest = digestOf(expectTag(algorithm, tags.sequence));
  return {
    issuer: Buffer.from(expectTag(issuer, tags.sequence).raw),
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: nextUpdate && timeOf(nextUpdate),
    serials: new Set(entries.map(serialOfEntry)),
    // The first octet of a bit string counts unused bits.
    isSignedBy: (key) => verify(digest, signed.raw, key, bits.subarray(1)),
  };
}

function serialOfEntry(entry: DerValue): string {
  const [serial, , extensions] = readDer(expectTag(entry, tags.sequence).content);
  refuseCritical(extensions);
  return serialOf(Buffer.from(expectTag(serial, tags.integer).content).toString("hex"));
}

/** Critical extensions change what a list means: part of the certificates only, or those of another CA. */
function refuseCritical(extensions: DerValue | undefined): void {
  if (!extensions) return;
  for (const extension of readDer(extensions.content)) {
    const [, critical] = readDer(extension.content);
    const isCritical = critical?.tag === 0x01 && critical.content[0] !== 0;
    if (isCritical)
      throw new RangeError("it has a critical extension (a delta or partial list?), which lpr does not know");
  }
}

function isTime(value: DerValue | undefined): boolean {
  return value?.tag === tags.utcTime || value?.tag === tags.generalizedTime;
}

/** RFC 5280 has them in UTC, with seconds. */
function timeOf(value: DerValue | undefined): Date {
  const text = Buffer.from(value?.content ?? []).toString("latin1");
  const [, years = "", ...parts] =
    /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(isTime(value) ? text : "") ?? [];
  if (years === "") throw new RangeError(`not a time: ${JSON.stringify(text)}`);
  // UTCTime: 50 to 99 are of the last century.
  const year = years.length === 4 ? Number(years) : Number(years) + (Number(years) < 50 ? 2000 : 1900);
  const [month = 1, ...time] = parts.map(Number) as [number, number, number, number, number];
  return new Date(Date.UTC(year, month - 1, ...time));
}

/** Of the algorithms that CAs sign with; null for the one that hashes by itself. */
const digests: Partial<Record<string, string | null>> = {
  "2a864886f70d01010b": "sha256",
  "2a864886f70d01010c": "sha384",
  "2a864886f70d01010d": "sha512",
  "2a8648ce3d040302": "sha256",
  "2a8648ce3d040303": "sha384",
  "2a8648ce3d040304": "sha512",
  "2b6570": null,
};

function digestOf(algorithm: DerValue): string | null {
  const oid = Buffer.from(expectTag(readDer(algorithm.content)[0], tags.oid).content).toString("hex");
  const digest = digests[oid];
  if (digest !== undefined) return digest;
  throw new RangeError("its signature is neither RSA nor ECDSA with SHA-2, nor Ed25519");
}
