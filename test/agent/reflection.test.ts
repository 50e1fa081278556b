/** By a client that is generated from gRPC's own proto, as grpcurl is. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import {
  credentials,
  type GrpcObject,
  loadPackageDefinition,
  type ServiceClientConstructor,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import protobuf from "protobufjs";
import descriptor from "protobufjs/ext/descriptor.js";
import { startAgent, type TestAgent } from "../helpers/agent.ts";

const root = join(import.meta.dir, "../..");
const path = join(root, "test/fixtures/reflection/reflection.proto");
const definition = loadSync(path, { keepCase: true, oneofs: true });
const { grpc } = loadPackageDefinition(definition) as unknown as {
  grpc: { reflection: { v1: { ServerReflection: ServiceClientConstructor } } } & GrpcObject;
};

interface Answer {
  readonly original_request: Record<string, string>;
  readonly file_descriptor_response?: { readonly file_descriptor_proto: readonly Buffer[] };
  readonly list_services_response?: { readonly service: readonly { readonly name: string }[] };
  readonly error_response?: { readonly error_code: number; readonly error_message: string };
}

/** Asks all of it on one stream. */
async function ask(agent: TestAgent, ...requests: readonly Record<string, string>[]): Promise<Answer[]> {
  const { address, ca, cert, key } = await agent.options();
  const tls = credentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert));
  const client = new grpc.reflection.v1.ServerReflection(address, tls);
  const info = client as unknown as {
    ServerReflectionInfo(): AsyncIterable<Answer> & { write(request: object): void; end(): void };
  };
  try {
    const stream = info.ServerReflectionInfo();
    for (const request of requests) stream.write(request);
    stream.end();
    return await Array.fromAsync(stream);
  } finally {
    client.close();
  }
}

test("services are listed, and every file they need is described as protobuf reads it", async () => {
  await using agent = await startAgent();
  const [services, ...files] = await ask(
    agent,
    { list_services: "" },
    { file_containing_symbol: "job_runner.JobService" },
    ...[
      "google/protobuf/duration.proto",
      "google/protobuf/timestamp.proto",
      "grpc/health/v1/health.proto",
    ].map((name) => ({ file_by_filename: name })),
  );
  expect(services?.list_services_response?.service.map(({ name }) => name)).toEqual([
    "job_runner.JobService",
    "grpc.health.v1.Health",
  ]);
  const { FileDescriptorSet } = descriptor as unknown as { FileDescriptorSet: protobuf.Type };
  const { FileDescriptorProto } = descriptor as unknown as { FileDescriptorProto: protobuf.Type };
  const described = files.map((answer) =>
    FileDescriptorProto.decode(answer.file_descriptor_response?.file_descriptor_proto[0] ?? Buffer.alloc(0)),
  );
  const fromDescriptor = (
    protobuf.Root as unknown as { fromDescriptor(set: object): protobuf.Root }
  ).fromDescriptor(FileDescriptorSet.create({ file: described }));
  fromDescriptor.resolveAll();
  const fromProto = protobuf.loadSync(join(root, "proto/job_runner.proto")).resolveAll();
  const fieldsOf = (of: protobuf.Namespace, name: string) =>
    of
      .lookupType(name)
      .fieldsArray.map((field) => [
        field.id,
        field.resolvedType?.name ?? field.type,
        field.repeated,
        field.map,
      ]);
  for (const message of ["RunRequest", "GetResponse", "ListRequest", "InfoResponse", "StreamLogsResponse"]) {
    expect(fieldsOf(fromDescriptor, `job_runner.${message}`), message).toEqual(
      fieldsOf(fromProto, `job_runner.${message}`),
    );
  }
  const methodsOf = (of: protobuf.Namespace) =>
    Object.keys(of.lookupService("job_runner.JobService").methods);
  expect(methodsOf(fromDescriptor)).toEqual(methodsOf(fromProto));
});

test("what is not here is answered as not found, on the same stream as what is", async () => {
  await using agent = await startAgent();
  const answers = await ask(
    agent,
    { file_containing_symbol: "other.Thing" },
    { file_by_filename: "__proto__" },
    { all_extension_numbers_of_type: "x" },
    { list_services: "" },
  );
  expect(answers.map(({ error_response }) => error_response?.error_code)).toEqual([
    status.NOT_FOUND,
    status.NOT_FOUND,
    status.UNIMPLEMENTED,
    undefined,
  ]);
  expect(answers[0]?.original_request).toMatchObject({ file_containing_symbol: "other.Thing" });
});
