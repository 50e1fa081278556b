/** The part of JSON Schema that docs/schema is written in. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const KEYWORDS = [
  ...["$ref", "type", "format", "enum", "anyOf", "items", "properties", "required", "additionalProperties"],
  ...["minimum", "maximum", "description"],
];

/** Where a value is not what a definition of the schema says; a key that it does not name counts as well. */
export function violations(schema: Schema, definition: string, value: unknown): string[] {
  return check({ $ref: `#/$defs/${definition}` }, value, "", schema);
}

function check(schema: Schema, value: unknown, at: string, root: Schema): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !KEYWORDS.includes(keyword));
  if (unknown.length > 0) throw new Error(`this checker does not know ${unknown.join(", ")}`);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    const target = root.$defs?.[name];
    if (target === undefined) throw new Error(`the schema has no ${schema.$ref}`);
    return check(target, value, at, root);
  }
  if (schema.anyOf) {
    const tried = schema.anyOf.map((each) => check(each, value, at, root));
    return tried.some((problems) => problems.length === 0) ? [] : tried.flat();
  }
  const place = at || "the document";
  if (schema.enum && !schema.enum.includes(value)) return [`${place} is ${JSON.stringify(value)}`];
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isA(type, value))) {
    return [`${place} is ${JSON.stringify(value)}, not ${[schema.type].flat().join(" or ")}`];
  }
  if (typeof value === "number") {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    return value < minimum || value > maximum ? [`${place} is ${value}`] : [];
  }
  if (typeof value === "string" && schema.format === "date-time") {
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) ? [] : [`${place} is no time: ${value}`];
  }
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    return value.flatMap((item, index) => check(items, item, `${at}[${index}]`, root));
  }
  return typeof value === "object" && value !== null ? checkKeys(schema, value, at, root) : [];
}

function checkKeys(schema: Schema, value: object, at: string, root: Schema): string[] {
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key));
  return [
    ...missing.map((key) => `${at}.${key} is missing`),
    ...Object.entries(value).flatMap(([key, member]) => {
      const of = schema.properties?.[key] ?? schema.additionalProperties;
      return of ? check(of, member, `${at}.${key}`, root) : [`${at}.${key} is in no schema`];
    }),
  ];
}

function isA(type: string, value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
