import { connect as connectTls, type TLSSocket } from "node:tls";
import type { TestCertificate } from "./certs.ts";

/** A frame of HTTP/2 (RFC 9113, section 4.1), well-formed or not. */
export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

export const types = {
  ...{ data: 0, headers: 1, priority: 2, rstStream: 3, settings: 4 },
  ...{ pushPromise: 5, ping: 6, goaway: 7, windowUpdate: 8, continuation: 9 },
} as const;

export const flags = { ack: 1, endStream: 1, endHeaders: 4 } as const;

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export function frame(
  type: number,
  flag: number,
  stream: number,
  payload: Uint8Array = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flag, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

export function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/** HPACK: a header that enters no table, as plain text. */
export function header(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0]), text(name), text(value)]);
}

/** HPACK: a header that enters the table, where it is index 62 until the next one comes. */
export function indexedHeader(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0x40]), text(name), text(value)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "latin1");
  // An integer with a prefix of 7 bits (RFC 7541, section 5.1).
  const length: number[] = [];
  if (bytes.length < 127) length.push(bytes.length);
  else {
    length.push(127);
    let rest = bytes.length - 127;
    for (; rest >= 128; rest >>>= 7) length.push((rest & 127) | 128);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}

/** The headers of a gRPC call. */
export function callHeaders(method: string, ...more: Buffer[]): Buffer {
  return Buffer.concat([
    header(":method", "POST"),
    header(":scheme", "https"),
    header(":path", `/job_runner.JobService/${method}`),
    header(":authority", "localhost"),
    header("content-type", "application/grpc"),
    header("te", "trailers"),
    ...more,
  ]);
}

/** A message of gRPC: flag, length, bytes. */
export function grpcMessage(bytes: Uint8Array, flag = 0, length = bytes.length): Buffer {
  return Buffer.concat([Buffer.from([flag]), uint32(length), bytes]);
}

/** A whole call: headers and one message. */
export function call(stream: number, method: string, message: Uint8Array, ...more: Buffer[]): Buffer {
  return Buffer.concat([
    frame(types.headers, flags.endHeaders, stream, callHeaders(method, ...more)),
    frame(types.data, flags.endStream, stream, message),
  ]);
}

export interface RawConnection extends Disposable {
  readonly socket: TLSSocket;
  /** What the agent has sent, in whole frames. */
  readonly frames: readonly Frame[];
  /** Whether the agent has hung up. */
  isClosed(): boolean;
  /** Sends the bytes; resolves when they are on their way or the agent has hung up. */
  send(...bytes: Uint8Array[]): Promise<void>;
}

export interface RawOptions {
  readonly port: number;
  readonly ca: string;
  readonly owner: TestCertificate;
  /** Begin as HTTP/2 wants it, with preface and settings. @default true */
  readonly polite?: boolean;
}

/** TLS to an agent, with nothing on top of it that would keep one from breaking rules. */
export async function openRaw({ port, ca, owner, polite = true }: RawOptions): Promise<RawConnection> {
  const { cert, key } = owner;
  const socket = connectTls({
    ...{ host: "127.0.0.1", port, servername: "localhost", ALPNProtocols: ["h2"], ca, cert, key },
  });
  let closed = false;
  const frames: Frame[] = [];
  let rest = Buffer.alloc(0);
  socket.on("close", () => {
    closed = true;
  });
  socket.on("error", () => undefined);
  socket.on("data", (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 9) {
      const length = rest.readUIntBE(0, 3);
      if (rest.length < 9 + length) return;
      const [type, flag, stream] = [rest.readUInt8(3), rest.readUInt8(4), rest.readUInt32BE(5)];
      frames.push({ type, flags: flag, stream, payload: rest.subarray(9, 9 + length) });
      rest = rest.subarray(9 + length);
    }
  });
  await new Promise<void>((resolve) => {
    socket.on("secureConnect", resolve);
    socket.on("close", () => resolve());
  });
  const hungUp = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const send = async (...bytes: Uint8Array[]) => {
    if (closed || socket.destroyed) return;
    const written = new Promise<void>((resolve) => socket.write(Buffer.concat(bytes), () => resolve()));
    await Promise.race([written, hungUp]);
  };
  if (polite) await send(preface, frame(types.settings, 0, 0));
  return { socket, frames, isClosed: () => closed, send, [Symbol.dispose]: () => socket.destroy() };
}

export { preface };
