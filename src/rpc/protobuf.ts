import protobuf from "protobufjs/minimal.js";

type Int64 = ReturnType<protobuf.BufferReader["int64"]>;

/**
 * protobufjs as the generated code sees it: int64 arrives as a number, where protobufjs makes a Long of
 * each as soon as the package `long` is installed. Not a global setting, so that other users of protobufjs
 * in the same program keep theirs. Numbers are exact up to 2^53, a log of 8 PiB.
 */
class Reader extends protobuf.BufferReader {
  /** Fields of newer peers are dropped instead of being carried along. */
  override discardUnknown = true;

  static override create(buffer: Uint8Array): Reader {
    return new Reader(Buffer.isBuffer(buffer) ? buffer : Buffer.from(buffer));
  }

  override int64(): Int64 {
    const value = protobuf.util.LongBits.from(super.int64()).toNumber(false);
    // protobufjs declares Long, the code generated with --force-number declares number.
    return value as unknown as Int64;
  }
}

export default {
  Reader,
  Writer: protobuf.Writer,
  util: { ...protobuf.util, Long: undefined },
  roots: {},
};
