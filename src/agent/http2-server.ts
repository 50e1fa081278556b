import type { Http2SecureServer } from "node:http2";
import type { Server } from "@grpc/grpc-js";
import { JobError } from "../job/errors.ts";

/**
 * The HTTP/2 servers below a gRPC server that listens, one for each address. grpc-js gives no other way to see
 * connections: who failed the handshake, and how many there are.
 * @throws JobError INTERNAL for a grpc-js that keeps them elsewhere: no limit would hold
 */
export function http2ServersOf(server: Server): Http2SecureServer[] {
  const { http2Servers } = server as unknown as { http2Servers?: Map<Http2SecureServer, unknown> };
  const servers = [...(http2Servers?.keys() ?? [])];
  if (servers.length > 0) return servers;
  throw new JobError("INTERNAL", "this grpc-js does not show the connections of its server");
}
