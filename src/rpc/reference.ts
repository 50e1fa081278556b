import { readFileSync } from "node:fs";
import protobuf from "protobufjs";

const HEADER = `# API reference

Every call and message of \`proto/job_runner.proto\`, made from it by \`npm run generate\`. [api.md](api.md) tells how they
work together. A field that is left out has the default of its type: 0, empty, or none.
`;

const WELL_KNOWN = "https://protobuf.dev/reference/protobuf/google.protobuf/";

/** The manual of a proto file: its services, then its messages and enums, in its own order. */
export function referenceOf(protoFile: string): string {
  const { root, package: packageName } = protobuf.parse(readFileSync(protoFile, "utf8"), {
    keepCase: true,
    alternateCommentMode: true,
  });
  const things = root.lookup(packageName ?? "");
  if (!(things instanceof protobuf.Namespace)) throw new Error(`${protoFile} has no package`);
  const own = new Set(things.nestedArray.map(({ name }) => name));
  const parts = things.nestedArray.map((thing) => {
    if (thing instanceof protobuf.Service) return { order: 0, text: serviceText(thing, own) };
    if (thing instanceof protobuf.Type) return { order: 1, text: messageText(thing, own) };
    if (thing instanceof protobuf.Enum) return { order: 2, text: enumText(thing) };
    throw new Error(`${thing.name} is neither service, message nor enum`);
  });
  const inOrder = parts.toSorted((a, b) => a.order - b.order).map(({ text }) => text);
  return [HEADER, ...inOrder].join("\n");
}

function serviceText({ name, comment, methodsArray }: protobuf.Service, own: ReadonlySet<string>): string {
  const rows = methodsArray.map((method) => {
    const { requestType, responseType, responseStream = false } = method;
    const answer = `${responseStream ? "a stream of " : ""}${linked(responseType, own)}`;
    return [`\`${method.name}\``, linked(requestType, own), answer, asText(method.comment)];
  });
  return `${heading(name, comment)}${table(["call", "request", "answer", ""], rows)}`;
}

function messageText({ name, comment, fieldsArray }: protobuf.Type, own: ReadonlySet<string>): string {
  if (fieldsArray.length === 0) return `${heading(name, comment)}No fields.\n`;
  const rows = fieldsArray.map((field) => [
    String(field.id),
    `\`${field.name}\``,
    typeText(field, own),
    asText(field.comment),
  ]);
  return `${heading(name, comment)}${table(["", "field", "type", ""], rows)}`;
}

function typeText(field: protobuf.Field, own: ReadonlySet<string>): string {
  const type = linked(field.type, own);
  if (field instanceof protobuf.MapField) return `map of ${field.keyType} to ${type}`;
  if (field.repeated) return `repeated ${type}`;
  return field.options?.["proto3_optional"] ? `optional ${type}` : type;
}

function enumText({ name, comment, values, comments }: protobuf.Enum): string {
  const rows = Object.entries(values).map(([value, id]) => [
    String(id),
    `\`${value}\``,
    asText(comments[value] ?? null),
  ]);
  return `${heading(name, comment)}${table(["", "value", ""], rows)}`;
}

function heading(name: string, comment: string | null): string {
  return `## ${name}\n\n${comment === null ? "" : `${asText(comment)}\n\n`}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

function linked(type: string, own: ReadonlySet<string>): string {
  if (own.has(type)) return `[${type}](#${type.toLowerCase()})`;
  const [, wellKnown] = /^google\.protobuf\.(\w+)$/.exec(type) ?? [];
  return wellKnown === undefined ? `\`${type}\`` : `[${type}](${WELL_KNOWN}#${wellKnown.toLowerCase()})`;
}

/** A comment is plain text: none of it is markup, wherever it stands. Source: CommonMark 0.31 section 2.4, and GFM's. */
function asText(comment: string | null): string {
  return (comment ?? "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>|~&$]/g, "\\$&")
    .replace(/^[-+#]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}
