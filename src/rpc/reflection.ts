/**
 * Server reflection, by which tools such as grpcurl learn the protos of a server.
 * https://github.com/grpc/grpc/blob/master/src/proto/grpc/reflection/v1/reflection.proto; v1alpha has the same messages.
 */
import type { MethodDefinition, status } from "@grpc/grpc-js";
import protobuf from "./protobuf.ts";

/** What is asked; a kind that is none of these is not answered. */
export type ReflectionQuery =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "services" }
  | { readonly kind: "other" };

export interface ReflectionRequest {
  readonly query: ReflectionQuery;
  /** As it arrived: answers repeat it. */
  readonly bytes: Uint8Array;
}

export type ReflectionAnswer =
  | { readonly file: Uint8Array }
  | { readonly services: readonly string[] }
  | { readonly error: { readonly code: status; readonly message: string } };

export interface ReflectionResponse {
  readonly request: Uint8Array;
  readonly answer: ReflectionAnswer;
}

/** Number of a field whose value has a length, as it stands before the value. */
const field = (number: number) => (number << 3) | 2;

function decodeRequest(bytes: Buffer): ReflectionRequest {
  const reader = protobuf.Reader.create(bytes);
  let query: ReflectionQuery = { kind: "other" };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === field(3)) query = { kind: "file", name: reader.string() };
    else if (tag === field(4)) query = { kind: "symbol", name: reader.string() };
    else if (tag === field(7)) {
      reader.string();
      query = { kind: "services" };
    } else reader.skipType(tag & 7);
  }
  return { query, bytes };
}

function encodeResponse({ request, answer }: ReflectionResponse): Buffer {
  const writer = protobuf.Writer.create();
  writer.uint32(field(2)).bytes(request);
  if ("file" in answer) writer.uint32(field(4)).fork().uint32(field(1)).bytes(answer.file).ldelim();
  else if ("services" in answer) {
    writer.uint32(field(6)).fork();
    for (const name of answer.services) writer.uint32(field(1)).fork().uint32(field(1)).string(name).ldelim();
    writer.ldelim();
  } else {
    const { code, message } = answer.error;
    writer.uint32(field(7)).fork().uint32(8).int32(code).uint32(field(2)).string(message).ldelim();
  }
  return Buffer.from(writer.finish());
}

const clientSide = () => {
  throw new Error("reflection is for the server's side alone");
};

function service(version: string) {
  const serverReflectionInfo: MethodDefinition<ReflectionRequest, ReflectionResponse> = {
    path: `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
    ...{ requestStream: true, responseStream: true },
    ...{ requestSerialize: clientSide, requestDeserialize: decodeRequest },
    ...{ responseSerialize: encodeResponse, responseDeserialize: clientSide },
  };
  return { serverReflectionInfo };
}

export const reflectionServices = ["v1", "v1alpha"].map(service);
