/**
 * `grpc.health.v1.Health`, the protocol that load balancers and probes ask by; its messages have one field each.
 * https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 */
import type { MethodDefinition } from "@grpc/grpc-js";
import protobuf from "./protobuf.ts";

const SERVING_STATUS = { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2, SERVICE_UNKNOWN: 3 } as const;
export type ServingStatus = keyof typeof SERVING_STATUS;

export interface HealthRequest {
  /** Name of a service; empty for the whole server. */
  readonly service: string;
}

export interface HealthResponse {
  readonly status: ServingStatus;
}

const FIELD_1_TEXT = 0x0a;
const FIELD_1_NUMBER = 0x08;

function encodeRequest({ service }: HealthRequest): Buffer {
  return Buffer.from(protobuf.Writer.create().uint32(FIELD_1_TEXT).string(service).finish());
}

function decodeRequest(bytes: Buffer): HealthRequest {
  let service = "";
  forEachField(bytes, (tag, reader) => {
    if (tag !== FIELD_1_TEXT) return false;
    service = reader.string();
    return true;
  });
  return { service };
}

function encodeResponse({ status }: HealthResponse): Buffer {
  return Buffer.from(protobuf.Writer.create().uint32(FIELD_1_NUMBER).int32(SERVING_STATUS[status]).finish());
}

function decodeResponse(bytes: Buffer): HealthResponse {
  let value: number = SERVING_STATUS.UNKNOWN;
  forEachField(bytes, (tag, reader) => {
    if (tag !== FIELD_1_NUMBER) return false;
    value = reader.int32();
    return true;
  });
  const names = Object.keys(SERVING_STATUS) as ServingStatus[];
  return { status: names.find((name) => SERVING_STATUS[name] === value) ?? "UNKNOWN" };
}

type Reader = ReturnType<typeof protobuf.Reader.create>;

/** @param read takes the field's value, or says that the field is none of its own */
function forEachField(bytes: Buffer, read: (tag: number, reader: Reader) => boolean): void {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (!read(tag, reader)) reader.skipType(tag & 7);
  }
}

function method(name: string): MethodDefinition<HealthRequest, HealthResponse> {
  return {
    path: `/grpc.health.v1.Health/${name}`,
    ...{ requestStream: false, responseStream: false },
    ...{ requestSerialize: encodeRequest, requestDeserialize: decodeRequest },
    ...{ responseSerialize: encodeResponse, responseDeserialize: decodeResponse },
  };
}

export const healthService = {
  check: method("Check"),
  watch: { ...method("Watch"), responseStream: true },
};
