import type { MethodDefinition } from "@grpc/grpc-js";
import { job_runner as wire } from "./generated/job_runner.js";
import { serializeLogs } from "./serialize-logs.ts";

interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

function serializer<T>(codec: Codec<T>): (message: T) => Buffer {
  return (message) => {
    const bytes = codec.encode(message).finish();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

function method<Request, Response>(
  name: string,
  request: Codec<Request>,
  response: Codec<Response>,
): MethodDefinition<Request, Response> {
  return {
    path: `/job_runner.JobService/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: serializer(request),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: serializer(response),
    responseDeserialize: (bytes) => response.decode(bytes),
  };
}

/** `job_runner.JobService` for both sides of grpc-js, from code generated at build time. */
export const jobService = {
  run: method("Run", wire.RunRequest, wire.RunResponse),
  get: method("Get", wire.GetRequest, wire.GetResponse),
  stop: method("Stop", wire.StopRequest, wire.StopResponse),
  streamLogs: {
    ...method("StreamLogs", wire.StreamLogsRequest, wire.StreamLogsResponse),
    responseSerialize: serializeLogs,
    responseStream: true,
  },
  list: method("List", wire.ListRequest, wire.ListResponse),
  wait: method("Wait", wire.WaitRequest, wire.WaitResponse),
  signal: method("Signal", wire.SignalRequest, wire.SignalResponse),
  remove: method("Remove", wire.RemoveRequest, wire.RemoveResponse),
  stats: { ...method("Stats", wire.StatsRequest, wire.StatsResponse), responseStream: true },
  watch: { ...method("Watch", wire.WatchRequest, wire.WatchResponse), responseStream: true },
  info: method("Info", wire.InfoRequest, wire.InfoResponse),
  audit: method("Audit", wire.AuditRequest, wire.AuditResponse),
  fleetAgents: method("FleetAgents", wire.FleetAgentsRequest, wire.FleetAgentsResponse),
  fleetPools: method("FleetPools", wire.FleetPoolsRequest, wire.FleetPoolsResponse),
  drain: method("Drain", wire.DrainRequest, wire.DrainResponse),
};

export type Rpc = keyof typeof jobService;

/** Messages as they arrive: every field is there, holding its default where the sender left it out. */
export type RequestOf<R extends Rpc> =
  (typeof jobService)[R] extends MethodDefinition<infer T, infer _> ? T : never;
export type ResponseOf<R extends Rpc> =
  (typeof jobService)[R] extends MethodDefinition<infer _, infer T> ? T : never;
