export interface TarEntry {
  /** At most 100 bytes, of ASCII. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly mode: number;
}

const BLOCK = 512;

/**
 * A ustar archive (POSIX.1-1988) of files that belong to root: the same entries give the same bytes, which no tar(1)
 * promises on every platform.
 * @param mtime of all entries, in seconds
 */
export function tarArchive(entries: readonly TarEntry[], mtime: number): Uint8Array {
  const blocks = entries.flatMap((entry) => [
    header(entry, mtime),
    entry.content,
    Buffer.alloc((BLOCK - (entry.content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function header({ path, content, mode }: TarEntry, mtime: number): Buffer {
  if (path.length > 100) throw new Error(`${path} is too long for a ustar archive`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${value.toString(8).padStart(digits, "0")}\0`, at, "latin1");
  block.write(path, 0, "latin1");
  octal(mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(content.length, 124, 11);
  octal(mtime, 136, 11);
  block.write("0", 156, "latin1");
  block.write("ustar\0" + "00", 257, "latin1");
  block.write("root", 265, "latin1");
  block.write("root", 297, "latin1");
  // The sum of all bytes, with spaces where it goes.
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
