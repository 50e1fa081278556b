/**
 * Descriptors of the protos, for server reflection: made by `npm run generate`, as reading protos at run time would
 * need their files. protobufjs describes messages; names of files and of map entries are ours to put right.
 */
import { join } from "node:path";
import protobuf from "protobufjs";
import descriptor from "protobufjs/ext/descriptor.js";

interface Described {
  readonly file: { name: string; package: string; dependency: string[]; messageType: DescribedMessage[] }[];
}

interface DescribedMessage {
  name: string;
  field: { name: string; typeName: string }[];
  nestedType: DescribedMessage[];
  options?: { mapEntry?: boolean } | null;
}

const WELL_KNOWN = ["google/protobuf/duration.proto", "google/protobuf/timestamp.proto"];

/** Serialized FileDescriptorProtos by the names that files import each other by. */
export async function describeProtos(protoDir: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, dependency] of [
    ["job_runner.proto", WELL_KNOWN],
    ["grpc/health/v1/health.proto", []],
  ] as const) {
    const root = new protobuf.Root();
    root.resolvePath = (_, target) => (target.startsWith("/") ? target : join(protoDir, target));
    await root.load(join(protoDir, name));
    for (const file of describe(root)) {
      if (file.package === "google.protobuf") {
        for (const message of file.messageType) {
          const own = `google/protobuf/${message.name.toLowerCase()}.proto`;
          files.set(own, encode({ ...file, name: own, messageType: [message] }));
        }
      } else files.set(name, encode({ ...file, name, dependency: [...dependency] }));
    }
  }
  return files;
}

function describe(root: protobuf.Root): Described["file"] {
  root.resolveAll();
  const { file } = (root as unknown as { toDescriptor(syntax: string): Described }).toDescriptor("proto3");
  for (const { package: scope, messageType } of file) {
    for (const message of messageType) nameMapEntries(message, `.${scope}.${message.name}`);
  }
  return file;
}

/** descriptor.proto: the entry of map field `a_b` is the nested message `ABEntry`. */
function nameMapEntries(message: DescribedMessage, path: string): void {
  for (const entry of message.nestedType) {
    const field = message.field.find(({ typeName }) => typeName === entry.name);
    if (!entry.options?.mapEntry || !field) continue;
    entry.name = `${field.name.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase())}Entry`;
    field.typeName = `${path}.${entry.name}`;
  }
}

function encode(file: Described["file"][number]): Uint8Array {
  const { FileDescriptorProto } = descriptor as unknown as {
    FileDescriptorProto: protobuf.Type;
  };
  return FileDescriptorProto.encode(FileDescriptorProto.create({ ...file, syntax: "proto3" })).finish();
}
