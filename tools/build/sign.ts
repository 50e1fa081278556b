/**
 * macOS kills a program whose pages are not those that its signature was made for, and all of Apple silicon's must be
 * signed. Bun leaves Intel's with the invalid signature of the runtime it started from, and we change both. So: an
 * ad-hoc signature, which names nobody and only seals the bytes, as Apple's own linker makes it.
 * Formats: <mach-o/loader.h> (little-endian) and <kern/cs_blobs.h> (big-endian) of xnu.
 */
import { createHash } from "node:crypto";

const MH_MAGIC_64 = 0xfeedfacf;
const HEADER_BYTES = 32;
const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;

const CSMAGIC_EMBEDDED_SIGNATURE = 0xfade0cc0;
const CSMAGIC_CODEDIRECTORY = 0xfade0c02;
const SUPERBLOB_BYTES = 20;
const DIRECTORY_BYTES = 88;
const CS_ADHOC_LINKER_SIGNED = 0x20002;
const CS_EXECSEG_MAIN_BINARY = 1n;
const CS_HASHTYPE_SHA256 = 2;
const VERSION_WITH_EXEC_SEGMENT = 0x20400;

const PAGE_BITS = 12;
const PAGE_BYTES = 2 ** PAGE_BITS;
const HASH_BYTES = 32;
/** Pages of memory of Apple silicon; a multiple of Intel's. */
const SEGMENT_ALIGNMENT = 16_384;

/** The Mach-O program with an ad-hoc signature in place of the one it has. */
export function signAdHoc(program: Uint8Array, identifier: string): Uint8Array {
  const commands = loadCommands(Buffer.from(program));
  const signature = commands.find(({ type }) => type === LC_CODE_SIGNATURE);
  const text = commands.find(({ type, name }) => type === LC_SEGMENT_64 && name === "__TEXT");
  const linkedit = commands.find(({ type, name }) => type === LC_SEGMENT_64 && name === "__LINKEDIT");
  if (!signature || !text || !linkedit) throw new Error("a Mach-O program without a signature to replace");

  // Everything before the signature is what it covers; nothing comes after it.
  const codeLimit = signature.at.readUInt32LE(8);
  const size = signatureBytes(codeLimit, identifier);
  const signed = Buffer.alloc(codeLimit + size);
  signed.set(program.subarray(0, codeLimit));
  const [signatureCommand, linkeditCommand] = [signature, linkedit].map(({ offset }) =>
    signed.subarray(offset),
  );
  signatureCommand?.writeUInt32LE(size, 12);
  const linkeditBytes = codeLimit + size - Number(linkedit.at.readBigUInt64LE(40));
  linkeditCommand?.writeBigUInt64LE(
    BigInt(Math.ceil(linkeditBytes / SEGMENT_ALIGNMENT) * SEGMENT_ALIGNMENT),
    32,
  );
  linkeditCommand?.writeBigUInt64LE(BigInt(linkeditBytes), 48);

  // Last, as the pages it hashes hold the sizes above.
  writeSignature(signed, codeLimit, identifier, text.at.readBigUInt64LE(48));
  return signed;
}

interface LoadCommand {
  readonly type: number;
  readonly offset: number;
  readonly at: Buffer;
  /** Of a segment. */
  readonly name: string;
}

function loadCommands(program: Buffer): LoadCommand[] {
  if (program.readUInt32LE(0) !== MH_MAGIC_64) throw new Error("not a 64-bit Mach-O program");
  const count = program.readUInt32LE(16);
  const commands: LoadCommand[] = [];
  for (let offset = HEADER_BYTES; commands.length < count; offset += program.readUInt32LE(offset + 4)) {
    const at = program.subarray(offset);
    const name = at.toString("latin1", 8, 24).replace(/\0.*$/, "");
    commands.push({ type: at.readUInt32LE(0), offset, at, name });
  }
  return commands;
}

const pagesOf = (codeLimit: number) => Math.ceil(codeLimit / PAGE_BYTES);
const hashesAt = (identifier: string) => DIRECTORY_BYTES + Buffer.byteLength(identifier) + 1;

function signatureBytes(codeLimit: number, identifier: string): number {
  return SUPERBLOB_BYTES + hashesAt(identifier) + pagesOf(codeLimit) * HASH_BYTES;
}

function writeSignature(program: Buffer, codeLimit: number, identifier: string, textBytes: bigint): void {
  const blob = program.subarray(codeLimit);
  const directory = blob.subarray(SUPERBLOB_BYTES);
  const pages = pagesOf(codeLimit);
  // A "super blob" of one: its magic, length, count, then the type (0: the directory) and offset of each.
  writeWords(blob, [CSMAGIC_EMBEDDED_SIGNATURE, blob.length, 1, 0, SUPERBLOB_BYTES]);
  writeWords(directory, [
    ...[CSMAGIC_CODEDIRECTORY, directory.length, VERSION_WITH_EXEC_SEGMENT, CS_ADHOC_LINKER_SIGNED],
    ...[hashesAt(identifier), DIRECTORY_BYTES, 0, pages, codeLimit],
  ]);
  directory.set([HASH_BYTES, CS_HASHTYPE_SHA256, 0, PAGE_BITS], 36);
  directory.writeBigUInt64BE(textBytes, 72);
  directory.writeBigUInt64BE(CS_EXECSEG_MAIN_BINARY, 80);
  directory.write(identifier, DIRECTORY_BYTES);
  for (let page = 0; page < pages; page++) {
    // The last page is hashed as far as it goes.
    const bytes = program.subarray(page * PAGE_BYTES, Math.min((page + 1) * PAGE_BYTES, codeLimit));
    directory.set(createHash("sha256").update(bytes).digest(), hashesAt(identifier) + page * HASH_BYTES);
  }
}

function writeWords(into: Buffer, words: readonly number[]): void {
  for (const [index, word] of words.entries()) into.writeUInt32BE(word, index * 4);
}
