import { dirname, resolve } from "node:path";
import type { Limits } from "../job/types.ts";
import { type FleetSection, readFleet, renamed } from "./agent-file-fleet.ts";
import { type ClientLimitValues, clientLimitOptions } from "./client-limit-options.ts";
import type { BooleanFlag, ValueFlag } from "./command.ts";
import { parseDuration } from "./duration.ts";
import { LIMIT_OPTIONS, limitsOf } from "./limit-options.ts";
import { parseCount } from "./numbers.ts";
import { runOptions } from "./run-options.ts";
import { type ServeOptions, serveOptions } from "./serve-options.ts";
import { YamlReader } from "./yaml-reader.ts";

/** What an agent.yaml says; whatever it leaves out is not there. */
export interface AgentFile {
  /** Options of `agent serve` by their names. Paths are absolute; in the file relative to it. */
  readonly options: { readonly [Name in keyof ServeOptions]?: Exclude<ServeOptions[Name], undefined> };
  readonly limits?: { readonly defaults?: Limits; readonly caps?: Limits };
  /** In milliseconds. */
  readonly retention?: { readonly succeededMs?: number; readonly failedMs?: number };
  readonly tenantUids?: { readonly first: number; readonly last: number };
  readonly clients?: ClientLimitValues;
  /** Names of accounts. */
  readonly runAs?: { readonly admin?: string; readonly user?: string };
  readonly fleet?: FleetSection;
}

const OPTIONS = Object.entries<BooleanFlag | ValueFlag>(serveOptions);
const PATHS: ReadonlySet<string> = new Set<keyof ServeOptions>([
  "ca",
  "cert",
  "key",
  "key-passphrase-file",
  "crl",
  "state-dir",
  "cgroup-root",
  "audit-file",
]);
/** Everything that may stand at the top of the file. */
export const AGENT_FILE_KEYS: readonly string[] = [
  ...OPTIONS.map(([name]) => name),
  "limits",
  "roles",
  "retention",
  "tenant-uids",
  "clients",
  "fleet",
];

/**
 * Reads the configuration of an agent.
 * @param path where the text came from: for messages, and for the paths in it
 * @throws UsageError with every problem, by line
 */
export function parseAgentFile(text: string, path: string): AgentFile {
  const reader = new YamlReader(text, path);
  // All of it may be commented out.
  const root = reader.isEmpty ? undefined : reader.root("the configuration of an agent", AGENT_FILE_KEYS);
  const file = {
    options: reader.options(root, OPTIONS, (name, flag, node) => {
      const value = reader.value(name, flag, node);
      return PATHS.has(name) && typeof value === "string" ? resolve(dirname(path), value) : value;
    }),
    ...reader.present(root, "limits", (node) => readLimits(reader, node)),
    ...renamed(
      "runAs",
      reader.present(root, "roles", (node) => readRoles(reader, node)),
    ),
    ...reader.present(root, "retention", (node) => readRetention(reader, node)),
    ...reader.present(root, "clients", (node) => readClientLimits(reader, node)),
    ...reader.present(root, "fleet", (node) => readFleet(reader, node, path)),
    ...renamed(
      "tenantUids",
      reader.present(root, "tenant-uids", (node) => readUids(reader, node)),
    ),
  };
  reader.finish();
  return file as AgentFile;
}

function readLimits(reader: YamlReader, node: unknown): AgentFile["limits"] {
  const map = reader.section("limits", node, ["defaults", "caps"]);
  const readGroup = (what: string, group: unknown) => {
    const section = reader.section(what, group, LIMIT_OPTIONS);
    const values = LIMIT_OPTIONS.map((name) =>
      reader.present(section, name, (value) => reader.value(`${what}.${name}`, runOptions[name], value)),
    );
    return limitsOf(Object.assign({}, ...values));
  };
  return {
    ...reader.present(map, "defaults", (group) => readGroup("limits.defaults", group)),
    ...reader.present(map, "caps", (group) => readGroup("limits.caps", group)),
  };
}

function readRoles(reader: YamlReader, node: unknown): AgentFile["runAs"] {
  const map = reader.section("roles", node, ["admin", "user"]);
  const runAs = (role: string) =>
    reader.present(map, role, (each) => {
      const section = reader.section(`roles.${role}`, each, ["run-as"]);
      const named = reader.present(section, "run-as", (name) => reader.text(`roles.${role}.run-as`, name));
      return named["run-as"];
    });
  return { ...runAs("admin"), ...runAs("user") };
}

function readRetention(reader: YamlReader, node: unknown): AgentFile["retention"] {
  const map = reader.section("retention", node, ["succeeded", "failed"]);
  const time = (status: string) =>
    reader.present(map, status, (value) =>
      reader.value(`retention.${status}`, { parse: parseDuration }, value),
    );
  return { ...renamed("succeededMs", time("succeeded")), ...renamed("failedMs", time("failed")) };
}

function readClientLimits(reader: YamlReader, node: unknown): ClientLimitValues {
  const map = reader.section("clients", node, Object.keys(clientLimitOptions));
  const values = Object.entries(clientLimitOptions).map(([name, { field, parse }]) =>
    renamed(
      field,
      reader.present(map, name, (value) => reader.value(`clients.${name}`, { parse }, value)),
    ),
  );
  return Object.assign({}, ...values);
}

function readUids(reader: YamlReader, node: unknown): Record<string, unknown> {
  const map = reader.section("tenant-uids", node, ["first", "last"]);
  const end = (name: string) =>
    reader.required("tenant-uids", map, name, (value) =>
      reader.value(`tenant-uids.${name}`, { parse: parseCount }, value),
    );
  return { ...end("first"), ...end("last") };
}
