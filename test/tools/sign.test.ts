import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { signAdHoc } from "../../tools/build/sign.ts";

const PAGE = 4096;

/** A Mach-O program with nothing but the three load commands that signing looks at, and a signature that is none. */
function program(codeBytes: number): Buffer {
  const segment = (name: string, fileoff: number, filesize: number) => {
    const command = Buffer.alloc(72);
    command.writeUInt32LE(0x19, 0);
    command.writeUInt32LE(command.length, 4);
    command.write(name, 8);
    command.writeBigUInt64LE(BigInt(filesize), 32);
    command.writeBigUInt64LE(BigInt(fileoff), 40);
    command.writeBigUInt64LE(BigInt(filesize), 48);
    return command;
  };
  const signature = Buffer.alloc(16);
  for (const [index, word] of [0x1d, 16, codeBytes, 64].entries()) signature.writeUInt32LE(word, index * 4);
  const commands = Buffer.concat([
    segment("__TEXT", 0, PAGE),
    segment("__LINKEDIT", PAGE, codeBytes + 64 - PAGE),
    signature,
  ]);
  const header = Buffer.alloc(32);
  header.writeUInt32LE(0xfeedfacf, 0);
  header.writeUInt32LE(3, 16);
  header.writeUInt32LE(commands.length, 20);
  const head = Buffer.concat([header, commands]);
  const rest = Buffer.alloc(codeBytes + 64 + 1000 - head.length, "code and stale signature");
  return Buffer.concat([head, rest]);
}

/** Reads a signature as the kernel does (xnu, kern/cs_blobs.h), on its own. */
function readSignature(file: Buffer) {
  const [dataoff, datasize] = [file.readUInt32LE(32 + 144 + 8), file.readUInt32LE(32 + 144 + 12)];
  const blob = file.subarray(dataoff, dataoff + datasize);
  const directory = blob.subarray(blob.readUInt32BE(16));
  const [hashes, identifier] = [directory.readUInt32BE(16), directory.readUInt32BE(20)];
  const [slots, limit] = [directory.readUInt32BE(28), directory.readUInt32BE(32)];
  const sealed = Array.from({ length: slots }, (_, page) => {
    const bytes = file.subarray(page * PAGE, Math.min((page + 1) * PAGE, limit));
    const hash = directory.subarray(hashes + page * 32, hashes + page * 32 + 32);
    return createHash("sha256").update(bytes).digest().equals(hash);
  });
  return {
    ...{ dataoff, datasize, limit, slots, sealed },
    magics: [blob.readUInt32BE(0), directory.readUInt32BE(0)],
    lengths: [blob.readUInt32BE(4), directory.readUInt32BE(4) + blob.readUInt32BE(16)],
    flags: directory.readUInt32BE(12),
    identifier: directory.toString("latin1", identifier, directory.indexOf(0, identifier)),
    execSegment: [64, 72, 80].map((at) => Number(directory.readBigUInt64BE(at))),
    linkedit: { fileoff: PAGE, filesize: Number(file.readBigUInt64LE(32 + 72 + 48)) },
    linkeditMemory: Number(file.readBigUInt64LE(32 + 72 + 32)),
  };
}

// A last page that is whole, and one that is not.
for (const codeBytes of [3 * PAGE, 3 * PAGE + 16]) {
  test(`an ad-hoc signature seals every page of ${codeBytes} bytes, and the file ends with it`, () => {
    const signed = Buffer.from(signAdHoc(program(codeBytes), "lpr"));
    const read = readSignature(signed);
    const size = signed.length - codeBytes;
    expect(read).toMatchObject({
      ...{ dataoff: codeBytes, datasize: size, limit: codeBytes, identifier: "lpr" },
      magics: [0xfade0cc0, 0xfade0c02],
      lengths: [size, size],
      flags: 0x20002,
      slots: Math.ceil(codeBytes / PAGE),
      execSegment: [0, PAGE, 1],
      linkedit: { fileoff: PAGE, filesize: signed.length - PAGE },
    });
    expect(read.sealed).not.toContain(false);
    expect(read.linkeditMemory % 16_384).toBe(0);
    expect(read.linkeditMemory).toBeGreaterThanOrEqual(read.linkedit.filesize);
  });
}

test("the code itself stays as it was", () => {
  const before = program(3 * PAGE);
  const after = signAdHoc(before, "lpr");
  const code = 32 + 160;
  expect(Buffer.from(after.subarray(code, 3 * PAGE)).equals(before.subarray(code, 3 * PAGE))).toBe(true);
});

test("what is no Mach-O program is refused", () => {
  expect(() => signAdHoc(Buffer.alloc(64), "lpr")).toThrow("not a 64-bit Mach-O program");
});
