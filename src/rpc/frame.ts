/** Flag of a message that is not compressed, and its length: 5 bytes. https://grpc.github.io/grpc/core/md_doc__p_r_o_t_o_c_o_l-_h_t_t_p2.html */
const PREFIX_BYTES = 5;

/** A message as it lies in the data of an HTTP/2 stream. Its parts are copied. */
export function frame(parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const framed = Buffer.allocUnsafe(PREFIX_BYTES + length);
  framed.writeUInt8(0, 0);
  framed.writeUInt32BE(length, 1);
  let at = PREFIX_BYTES;
  for (const part of parts) {
    framed.set(part, at);
    at += part.length;
  }
  return framed;
}
