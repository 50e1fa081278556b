import { describe, expect, test } from "bun:test";
import packageJson from "../../package.json" with { type: "json" };
import { type Import, parse, type SourceFile, sourceFiles } from "./source.ts";

/**
 * Who may import whom (design: "Layers and folders"). A layer may always import itself; what is not listed is
 * forbidden. `packages` are those of package.json, `node:` is open to all.
 */
interface Layer {
  readonly of: RegExp;
  readonly may: readonly RegExp[];
  /** Only their types. */
  readonly mayKnowTypesOf?: readonly RegExp[];
  readonly packages: readonly string[];
}

const JOB_ERRORS = /^src\/job\/errors\.ts$/;
const VERSION = /^src\/version\.ts$/;
const MANUALS = /^docs\/[a-z-]+\.md$/;

const layers: Record<string, Layer> = {
  job: { of: /^src\/job\//, may: [/^bun:/], packages: [] },
  rpc: { of: /^src\/rpc\//, may: [/^src\/job\//], packages: ["@grpc/grpc-js", "protobufjs"] },
  client: {
    of: /^src\/client\//,
    may: [/^src\/rpc\//, JOB_ERRORS],
    mayKnowTypesOf: [/^src\/job\//],
    packages: ["@grpc/grpc-js", "yaml"],
  },
  fleet: {
    of: /^src\/fleet\//,
    may: [/^src\/rpc\//, /^src\/job\//],
    packages: ["@nats-io/jetstream", "@nats-io/kv", "@nats-io/transport-node"],
  },
  agent: {
    of: /^src\/agent\//,
    may: [/^src\/fleet\//, /^src\/rpc\//, /^src\/job\//, VERSION],
    packages: ["@grpc/grpc-js", "consola", "prom-client", "yaml"],
  },
  "commands that serve": {
    of: /^src\/cli\/commands\/agent-/,
    may: [/^src\/cli\//, /^src\/client\//, /^src\/agent\//, JOB_ERRORS, VERSION],
    mayKnowTypesOf: [/^src\/job\//],
    packages: ["citty"],
  },
  cli: {
    of: /^src\/cli\//,
    may: [/^src\/client\//, JOB_ERRORS, VERSION, /^certs\//, MANUALS],
    mayKnowTypesOf: [/^src\/job\//],
    packages: ["citty", "consola", "yaml"],
  },
  version: { of: VERSION, may: [/^package\.json$/], packages: [] },
  main: { of: /^src\/main\.ts$/, may: [/^src\/cli\//], packages: [] },
};

function layerOf(path: string): Layer | undefined {
  return Object.values(layers).find((layer) => layer.of.test(path));
}

function isAllowed(layer: Layer, { target, typeOnly }: Import): boolean {
  if (target.startsWith("node:")) return true;
  const patterns = [layer.of, ...layer.may, ...(typeOnly ? (layer.mayKnowTypesOf ?? []) : [])];
  if (patterns.some((pattern) => pattern.test(target))) return true;
  return layer.packages.some((name) => target === name || target.startsWith(`${name}/`));
}

function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const layer = layerOf(file.path);
    if (layer === undefined) return [`${file.path} belongs to no layer`];
    return file.imports
      .filter((each) => !isAllowed(layer, each))
      .map((each) => `${file.path} imports ${each.typeOnly ? "types of " : ""}${each.target}`);
  });
}

describe("the import table", () => {
  const files = sourceFiles("src");

  test("every source file keeps to its layer's line", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(violations(files)).toEqual([]);
  });

  test("every dependency is used by some layer, and every package of a layer is a dependency", () => {
    const allowed = Object.values(layers).flatMap((layer) => layer.packages);
    expect(Object.keys(packageJson.dependencies).toSorted()).toEqual([...new Set(allowed)].toSorted());
    const targets = files.flatMap((file) => file.imports.map((each) => each.target));
    const unused = allowed.filter((name) => !targets.some((target) => `${target}/`.startsWith(`${name}/`)));
    expect(unused).toEqual([]);
  });

  // The checker itself: each line is an import that has to be refused, or let through.
  const cases: readonly [path: string, text: string, verdict: "refused" | "allowed"][] = [
    ["src/job/service.ts", 'import { status } from "@grpc/grpc-js";', "refused"],
    ["src/job/service.ts", 'import type { Client } from "../client/client.ts";', "refused"],
    ["src/job/logs/read.ts", 'const { a } = await import("../../rpc/schema.ts");', "refused"],
    ["src/job/store/sqlite.ts", 'import { Database } from "bun:sqlite";', "allowed"],
    ["src/rpc/status.ts", 'import { serve } from "../agent/server.ts";', "refused"],
    ["src/client/calls.ts", 'import { JobService } from "../job/index.ts";', "refused"],
    ["src/client/calls.ts", 'import { JobError, type Job } from "../job/index.ts";', "refused"],
    ["src/client/calls.ts", 'import { type Job, type Status } from "../job/index.ts";', "allowed"],
    ["src/client/calls.ts", 'import { JobError } from "../job/errors.ts";', "allowed"],
    ["src/client/calls.ts", 'import "../agent/server.ts";', "refused"],
    ["src/client/calls.ts", 'export * from "../agent/server.ts";', "refused"],
    ["src/cli/commands/job-run.ts", 'import { serve } from "../../agent/serve.ts";', "refused"],
    ["src/cli/commands/job-run.ts", 'import { credentials } from "@grpc/grpc-js";', "refused"],
    ["src/cli/commands/job-run.ts", 'import { toWire } from "../../rpc/convert/jobs.ts";', "refused"],
    ["src/cli/commands/agent-serve.ts", 'import { serve } from "../../agent/serve.ts";', "allowed"],
    ["src/helpers.ts", 'import { join } from "node:path";', "refused"],
  ];
  for (const [path, text, verdict] of cases) {
    test(`${text} in ${path} is ${verdict}`, () => {
      expect(violations([parse(path, text)])).toHaveLength(verdict === "refused" ? 1 : 0);
    });
  }
});

describe("what code may not do", () => {
  // The daemon's own log is the one thing below the command line that writes.
  const mayPrint = /^src\/(cli\/|main\.ts|agent\/log\.ts)/;
  const prints = /\bconsole\s*[.[]|\bprocess\s*\.\s*std(out|err)\b|\bBun\.std(out|err)\b/;

  test("nothing below the command line prints", () => {
    const printing = sourceFiles("src").filter((file) => !mayPrint.test(file.path) && prints.test(file.code));
    expect(printing.map((file) => file.path)).toEqual([]);
  });

  test("no test is left out by .only or .todo", () => {
    const left = /\b(test|it|describe)\s*\.\s*(only|todo)\b/;
    const found = sourceFiles("test").filter((file) => left.test(file.code));
    expect(found.map((file) => file.path)).toEqual([]);
  });

  test("the search itself sees code and passes over comments and strings", () => {
    expect(prints.test(parse("src/job/a.ts", "console.log(1);").code)).toBe(true);
    expect(prints.test(parse("src/job/a.ts", "process.stdout.write(x);").code)).toBe(true);
    expect(prints.test(parse("src/job/a.ts", '// console.log\nconst a = "console.log";').code)).toBe(false);
  });
});
