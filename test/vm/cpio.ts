/** An entry of an initramfs, by absolute path. */
export type CpioEntry = { readonly path: string } & (
  | { readonly kind: "directory" }
  | { readonly kind: "symlink"; readonly target: string }
  | { readonly kind: "file"; readonly content: Uint8Array; readonly mode: number }
);

const TYPES = { directory: 0o040000, symlink: 0o120000, file: 0o100000 };
const encoder = new TextEncoder();

/** An archive in the "newc" format, which the kernel unpacks as its first root. cpio(5) */
export function cpioArchive(entries: readonly CpioEntry[]): Uint8Array[] {
  const pieces = entries.flatMap((entry, index) => entryPieces(entry, index + 1));
  return [...pieces, ...record("TRAILER!!!", { inode: 0, mode: 0 }, new Uint8Array())];
}

function entryPieces(entry: CpioEntry, inode: number): Uint8Array[] {
  const content =
    entry.kind === "file" ? entry.content : encoder.encode(entry.kind === "symlink" ? entry.target : "");
  const permissions = entry.kind === "file" ? entry.mode : 0o755;
  return record(entry.path.replace(/^\/+/, ""), { inode, mode: TYPES[entry.kind] | permissions }, content);
}

function record(name: string, { inode, mode }: { inode: number; mode: number }, content: Uint8Array) {
  const nameBytes = encoder.encode(`${name}\0`);
  // inode, mode, uid, gid, links, mtime, size, device (2), special device (2), name size, checksum
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, nameBytes.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`;
  const headerBytes = encoder.encode(header);
  return [
    headerBytes,
    nameBytes,
    padding(headerBytes.length + nameBytes.length),
    content,
    padding(content.length),
  ];
}

function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4);
}
