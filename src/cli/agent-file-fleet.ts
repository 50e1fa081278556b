import { dirname, resolve } from "node:path";
import type { YAMLMap } from "yaml";
import { parseDuration } from "./duration.ts";
import { labelsOf, parseLabel } from "./label.ts";
import { parseCores, parseCount } from "./numbers.ts";
import { parseSize } from "./size.ts";
import type { YamlReader } from "./yaml-reader.ts";

/** What the section `fleet` of an agent.yaml says; whatever it leaves out is not there. */
export interface FleetSection {
  readonly servers?: readonly string[];
  /** Paths are absolute; in the file relative to it. */
  readonly credentials?: string;
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly name?: string;
  readonly replicas?: number;
  readonly heartbeatMs?: number;
  readonly leaseMs?: number;
  readonly keepMs?: number;
  readonly archive?: boolean;
  readonly warden?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly pools?: Readonly<Record<string, PoolSection>>;
}

export interface PoolSection {
  readonly slots: number;
  readonly cpuCores?: number;
  readonly memoryBytes?: number;
}

const KEYS = [
  ...["servers", "credentials", "tls", "name", "labels", "pools", "replicas", "heartbeat", "lease", "keep"],
  ...["archive", "warden"],
];

/** @param path of the file, for the paths in it */
export function readFleet(reader: YamlReader, node: unknown, path: string): FleetSection {
  const section = reader.section("fleet", node, KEYS);
  const inFile = (what: string, value: unknown) => {
    const file = reader.text(what, value);
    return file === undefined ? undefined : resolve(dirname(path), file);
  };
  const value = (key: string, field: string, parse: (text: string) => unknown) =>
    renamed(
      field,
      reader.present(section, key, (it) => reader.value(`fleet.${key}`, { parse }, it)),
    );
  const readTls = (it: unknown) => {
    const files = reader.section("fleet.tls", it, ["ca", "cert", "key"]);
    const file = (key: string) => reader.present(files, key, (name) => inFile(`fleet.tls.${key}`, name));
    return { ...file("ca"), ...file("cert"), ...file("key") };
  };
  const fleet = {
    ...reader.required("fleet", section, "servers", (it) => reader.oneOrMore("fleet.servers", it)),
    ...reader.present(section, "credentials", (it) => inFile("fleet.credentials", it)),
    ...reader.present(section, "tls", readTls),
    ...reader.present(section, "name", (it) => reader.text("fleet.name", it)),
    ...value("replicas", "replicas", parseCount),
    ...value("heartbeat", "heartbeatMs", parseDuration),
    ...value("lease", "leaseMs", parseDuration),
    ...value("keep", "keepMs", parseDuration),
    ...reader.present(section, "archive", (it) => reader.boolean("fleet.archive", it)),
    ...reader.present(section, "warden", (it) => reader.boolean("fleet.warden", it)),
    ...reader.present(section, "labels", (it) => readLabels(reader, it)),
    ...reader.present(section, "pools", (it) => readPools(reader, it)),
  };
  return fleet as FleetSection;
}

function readLabels(reader: YamlReader, node: unknown): Readonly<Record<string, string>> {
  const flag = { type: "string", placeholder: "KEY=VALUE", description: "", parse: parseLabel } as const;
  return labelsOf(reader.entries("fleet.labels", flag, node) as string[]);
}

/** Names are checked where the agent is told of them. */
function readPools(reader: YamlReader, node: unknown): Record<string, unknown> {
  return reader.each("fleet.pools", node, (name, it) => {
    const what = `fleet.pools.${name}`;
    const pool = reader.section(what, it, ["slots", "cpu", "memory"]);
    return pool && readPool(reader, what, pool);
  });
}

function readPool(reader: YamlReader, what: string, pool: YAMLMap): object {
  const value = (key: string, parse: (text: string) => unknown) => (it: unknown) =>
    reader.value(`${what}.${key}`, { parse }, it);
  return {
    ...reader.required(what, pool, "slots", value("slots", parseCount)),
    ...renamed("cpuCores", reader.present(pool, "cpu", value("cpu", parseCores))),
    ...renamed("memoryBytes", reader.present(pool, "memory", value("memory", parseSize))),
  };
}

/** The one value of an object under another name. */
export function renamed<T>(name: string, fields: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.values(fields).map((value) => [name, value]));
}
