/** One value of ASN.1 in DER (X.690). */
export interface DerValue {
  /** Identifier octet: 0x30 is a SEQUENCE, 0x02 an INTEGER. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** With identifier and length, as it was signed. */
  readonly raw: Uint8Array;
}

export const tags = {
  integer: 0x02,
  bitString: 0x03,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  /** `[0] EXPLICIT`. */
  context0: 0xa0,
} as const;

/**
 * The values that follow each other in these bytes.
 * @throws RangeError for lengths that are not definite, too large, or beyond the end
 */
export function readDer(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { tag, start, end } = headerAt(bytes, at);
    values.push({ tag, content: bytes.subarray(start, end), raw: bytes.subarray(at, end) });
    at = end;
  }
  return values;
}

/** @throws RangeError when it is of another kind, or not there */
export function expectTag(value: DerValue | undefined, tag: number): DerValue {
  if (value?.tag === tag) return value;
  throw new RangeError(`expected tag ${tag}, got ${value?.tag ?? "nothing"}`);
}

function headerAt(bytes: Uint8Array, at: number): { tag: number; start: number; end: number } {
  const tag = byteAt(bytes, at);
  const first = byteAt(bytes, at + 1);
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4) throw new RangeError(`a length of ${octets} octets`);
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + byteAt(bytes, start++);
  }
  const end = start + length;
  if (end > bytes.length) throw new RangeError("a value reaches beyond the end");
  return { tag, start, end };
}

function byteAt(bytes: Uint8Array, index: number): number {
  const byte = bytes[index];
  if (byte === undefined) throw new RangeError("it ends in the midst of a value");
  return byte;
}
