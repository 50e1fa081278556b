const LENGTH_BYTES = 4;

/** Several messages as one: each after its length. */
export function joinMessages(messages: readonly Uint8Array[]): Buffer {
  const parts = messages.flatMap((message) => {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(message.length);
    return [length, message];
  });
  return Buffer.concat(parts);
}

/** @throws RangeError when it is not what `joinMessages` makes */
export function splitMessages(joined: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(joined.buffer, joined.byteOffset, joined.byteLength);
  const messages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const begin = at + LENGTH_BYTES;
    const end = begin + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new RangeError("a message is cut short");
    messages.push(bytes.subarray(begin, end));
    at = end;
  }
  return messages;
}
