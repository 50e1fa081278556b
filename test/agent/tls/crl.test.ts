import { expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { parseCrl, serialOf } from "../../../src/agent/tls/crl.ts";
import { createAuthority } from "../../helpers/pki.ts";
import { tempDir } from "../../helpers/temp-dir.ts";

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----.*-----/g, ""), "base64");
}

test.each([
  ["ECDSA", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]],
  ["RSA", ["rsa:2048"]],
  ["Ed25519", ["ed25519"]],
] as const)(
  "a list signed with %s is read as openssl wrote it, and its signature verified",
  async (_, keyArgs) => {
    using dir = tempDir();
    const authority = await createAuthority(dir.path, "ca", keyArgs);
    const other = await createAuthority(dir.path, "other", keyArgs);
    const [one, two] = [await authority.issue(), await authority.issue()];
    const [from, to] = [new Date("2026-01-02T03:04:05Z"), new Date("2051-12-31T23:59:58Z")];
    const crl = parseCrl(derOf(await authority.crl({ revoked: [one, two], from, to })));
    expect(crl).toMatchObject({ thisUpdate: from, nextUpdate: to });
    const serials = [one, two].map(({ cert }) => serialOf(new X509Certificate(cert).serialNumber));
    expect([...crl.serials].sort()).toEqual(serials.sort());
    expect(crl.isSignedBy(new X509Certificate(authority.cert).publicKey)).toBe(true);
    expect(crl.isSignedBy(new X509Certificate(other.cert).publicKey)).toBe(false);
  },
);

test("an empty list revokes nobody", async () => {
  using dir = tempDir();
  const authority = await createAuthority(dir.path, "ca");
  expect(parseCrl(derOf(await authority.crl())).serials.size).toBe(0);
});

test("a changed list is not signed by anybody, and one that is cut short anywhere is refused", async () => {
  using dir = tempDir();
  const authority = await createAuthority(dir.path, "ca");
  const { publicKey } = new X509Certificate(authority.cert);
  const alice = await authority.issue();
  const der = derOf(await authority.crl({ revoked: [alice] }));
  const serial = Buffer.from(new X509Certificate(alice.cert).serialNumber, "hex");
  const forged = Buffer.from(der);
  const at = forged.indexOf(serial);
  forged.writeUInt8(forged.readUInt8(at) ^ 1, at);
  expect(parseCrl(forged).isSignedBy(publicKey)).toBe(false);
  for (let length = 0; length < der.length; length++) {
    expect(() => parseCrl(der.subarray(0, length))).toThrow(RangeError);
  }
});

test("serial numbers mean the same however they are written", () => {
  expect(serialOf("00ff")).toBe(serialOf("FF"));
  expect(serialOf("00")).toBe("0");
});

/** DER by hand, for what openssl's commands do not make. */
const der = (tag: number, ...parts: (Buffer | number[])[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  if (content.length > 127) throw new Error("long lengths are not needed here");
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const time = der(0x17, Buffer.from("260101000000Z"));
const ecdsaSha256 = sequence(der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
const sha1Rsa = sequence(der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05]));
const signature = der(0x03, [0, 1, 2, 3]);
/** `deltaCRLIndicator`, critical or not. */
const deltaExtension = (critical: boolean) =>
  sequence(sequence(der(0x06, [0x55, 0x1d, 0x1b]), ...(critical ? [der(0x01, [0xff])] : []), der(0x04, [])));

test("a list of the first version without a next date is read", () => {
  const list = sequence(sequence(ecdsaSha256, sequence(), time), ecdsaSha256, signature);
  expect(parseCrl(list)).toMatchObject({
    thisUpdate: new Date("2026-01-01T00:00:00Z"),
    nextUpdate: undefined,
  });
});

test("what would change the meaning of a list is refused: critical extensions, of the list or of an entry", () => {
  const entry = (critical: boolean) => sequence(sequence(der(0x02, [7]), time, deltaExtension(critical)));
  const listOf = (...fields: Buffer[]) =>
    sequence(sequence(der(0x02, [1]), ecdsaSha256, sequence(), time, ...fields), ecdsaSha256, signature);
  expect([...parseCrl(listOf(entry(false), der(0xa0, deltaExtension(false)))).serials]).toEqual(["7"]);
  expect(() => parseCrl(listOf(entry(true)))).toThrow("critical extension");
  expect(() => parseCrl(listOf(der(0xa0, deltaExtension(true))))).toThrow("critical extension");
});

test.each([
  ["a signature with SHA-1", sequence(sequence(sha1Rsa, sequence(), time), sha1Rsa, signature), "SHA-2"],
  [
    "a time without seconds",
    sequence(
      sequence(ecdsaSha256, sequence(), der(0x17, Buffer.from("2601010000Z"))),
      ecdsaSha256,
      signature,
    ),
    "not a time",
  ],
  ["an indefinite length", Buffer.from([0x30, 0x80, 0, 0]), "length of 0"],
  ["a length of 2^40", Buffer.from([0x30, 0x85, 1, 0, 0, 0, 0]), "length of 5"],
  ["no list at all", Buffer.from([0x04, 0x00]), "expected tag"],
  ["nothing", Buffer.alloc(0), "expected tag"],
])("%s is refused", (_, bytes, message) => {
  expect(() => parseCrl(bytes)).toThrow(message);
});
