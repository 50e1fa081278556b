/** Flag of a compressed message, and its length: 5 bytes. https://grpc.github.io/grpc/core/md_doc__p_r_o_t_o_c_o_l-_h_t_t_p2.html */
const PREFIX_BYTES = 5;

/**
 * Finds messages of gRPC, with their prefix, in the data of an HTTP/2 stream. Those that came in one piece are not
 * copied: the copies of grpc-js's own decoder are a third of what reading a log costs a client.
 */
export class MessageDecoder {
  readonly #maxMessageBytes: number;
  /** Pieces of a message that has begun, and how many bytes of it are needed to go on. */
  #begun: Buffer[] = [];
  #bytes = 0;
  #needed = 0;

  /** @param maxMessageBytes -1: no limit */
  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** @throws Error when a message is too large; grpc-js ends the call with RESOURCE_EXHAUSTED */
  write(piece: Buffer): Buffer[] {
    let data = piece;
    if (this.#begun.length > 0) {
      this.#begun.push(piece);
      this.#bytes += piece.length;
      if (this.#bytes < this.#needed) return [];
      data = Buffer.concat(this.#begun, this.#bytes);
      this.#begun = [];
    }
    const messages: Buffer[] = [];
    for (;;) {
      const needed = this.#sizeOf(data);
      if (data.length < needed) {
        if (data.length > 0) this.#begun.push(data);
        this.#bytes = data.length;
        this.#needed = needed;
        return messages;
      }
      messages.push(data.subarray(0, needed));
      data = data.subarray(needed);
    }
  }

  /** Bytes of the message that these begin, as far as they tell. */
  #sizeOf(data: Buffer): number {
    if (data.length < PREFIX_BYTES) return PREFIX_BYTES;
    const length = data.readUInt32BE(1);
    if (this.#maxMessageBytes !== -1 && length > this.#maxMessageBytes) {
      throw new Error(`Received message larger than max (${length} vs ${this.#maxMessageBytes})`);
    }
    return PREFIX_BYTES + length;
  }
}

/** The fields by which one layer of a call in grpc-js knows the one below; the lowest has the decoder. */
interface Layer {
  readonly call?: Layer;
  readonly child?: Layer;
  readonly underlyingCalls?: readonly { readonly call?: Layer }[];
  decoder?: {
    readonly readState?: unknown;
    readonly maxReadMessageLength?: unknown;
    write(piece: Buffer): Buffer[];
  };
}

/**
 * Has a call decode with `MessageDecoder`, from its headers on and before any message. grpc-js gives no way to it but its
 * own fields: false where they are not as expected, and the call goes on with the decoder it has.
 */
export function decodeInPlace(call: object): boolean {
  let layer: Layer | undefined = call;
  while (layer && !layer.decoder) layer = layer.child ?? layer.underlyingCalls?.[0]?.call ?? layer.call;
  const decoder = layer?.decoder;
  if (!layer || !decoder) return false;
  // 0: it is not in the midst of a message.
  if (decoder.readState !== 0 || typeof decoder.maxReadMessageLength !== "number") return false;
  layer.decoder = new MessageDecoder(decoder.maxReadMessageLength);
  return true;
}
