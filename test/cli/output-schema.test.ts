/** What programs read: every document that a command prints is what docs/schema says, and docs/output.md explains it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import output from "../../docs/schema/output.json" with { type: "json" };
import { eventDocument } from "../../src/cli/render-event.ts";
import { jobDocument } from "../../src/cli/render-job.ts";
import { testCerts } from "../helpers/certs.ts";
import { type Schema, violations } from "../helpers/json-schema.ts";
import { tempDir } from "../helpers/temp-dir.ts";
import { aJob, aWaitingJob } from "./a-job.ts";
import { type CommandLine, openCommandLine } from "./lpr.ts";

// JSON has no types of its own to be told apart.
const schema: Schema = output as unknown as Schema;
const definitions = Object.keys(schema.$defs ?? {});
const config = tempDir();

let line: CommandLine;
let run: (words: string) => Promise<string>;
beforeAll(async () => {
  line = await openCommandLine();
  const env = { ...line.env, XDG_CONFIG_HOME: config.path };
  run = async (words) => (await line.lprWith(env, ...words.split(" "))).out;
  await run("job run ended --wait --label team=web -- /bin/true");
  await run("job run running --timeout 1h --split-output --open-files 100 -- sleep 1000");
  await run(`auth login ${line.env["LPR_ADDRESS"]} --cert ${line.env["LPR_CERT"]}`);
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
  config[Symbol.dispose]();
});

const { certPath } = (await testCerts()).agent;

test.each([
  ["job get running", "job"],
  ["job get ended", "job"],
  ["job get running ended", "jobs"],
  ["job list", "jobs"],
  ["job list --all-contexts", "jobs"],
  ["job stats", "sample"],
  ["auth list", "logins"],
  ["auth whoami", "identity"],
  ["agent info", "agent"],
  ["agent doctor", "diagnosis"],
  [`certs show ${certPath}`, "certificates"],
  ["version", "version"],
])("lpr %s", async (words, definition) => {
  const json = JSON.parse(await run(`${words} -o json`));
  expect(violations(schema, definition, json)).toEqual([]);
  const yaml = Bun.YAML.parse(await run(`${words} -o yaml`));
  // The same data, but for what goes on meanwhile.
  if (definition !== "sample") expect(yaml).toEqual(json);
  expect(violations(schema, definition, yaml)).toEqual([]);
});

test("lpr agent audit", async () => {
  const admin = await line.envOf("root", "admin");
  const printed = async (format: string) => (await line.lprWith(admin, "agent", "audit", "-o", format)).out;
  const entries = JSON.parse(await printed("json"));
  expect(entries.length).toBeGreaterThan(1);
  expect(violations(schema, "audit", entries)).toEqual([]);
  const [first = ""] = (await printed("jsonl")).split("\n");
  expect(violations(schema, "auditEntry", JSON.parse(first))).toEqual([]);
});

describe("documents of hosts and jobs that are not at hand here", () => {
  const limits = {
    ...{ cpuCores: 0.5, memoryBytes: 2 ** 30, pids: 100, ioReadBytesPerSecond: 1, ioWriteBytesPerSecond: 2 },
    ...{ ioReadOpsPerSecond: 3, ioWriteOpsPerSecond: 4, ioDevice: "259:0", openFiles: 1_024 },
  };
  const waited = { someAvg10: 1.5, someTotalMs: 20 };
  const job = aJob(
    "full",
    {
      ...{ status: "FAILED", reason: "OOM_KILLED", exitCode: 137, signal: "SIGKILL" },
      finishedAt: new Date("2026-11-24T12:00:00Z"),
    },
    {
      ...{ limits, limitsInEffect: limits, maxLogBytes: 10, timeoutAt: new Date("2026-11-25T12:00:00Z") },
      usage: {
        ...{ cpuMs: 1.5, userMs: 1, systemMs: 0.5, throttledMs: 0, memoryBytes: 1, memoryPeakBytes: 2 },
        ...{ ioReadBytes: 3, ioWriteBytes: 4, processes: 0, oomKills: 1 },
        pressure: { cpu: waited, memory: waited, io: waited },
      },
    },
  );

  test("a job with every limit, killed for want of memory", () => {
    expect(violations(schema, "job", jobDocument(job))).toEqual([]);
  });

  test("a job that waits for a host, and one that a host of a fleet runs", () => {
    const waiting = aWaitingJob("waits");
    expect(violations(schema, "job", jobDocument(waiting))).toEqual([]);
    const { fleet } = waiting;
    const placed = { ...job, message: "why", ...(fleet && { fleet: { ...fleet, agent: "b1" } }) };
    expect(violations(schema, "job", jobDocument(placed))).toEqual([]);
  });

  test("an event", () => {
    const document = eventDocument({ sequence: 1, time: new Date(), type: "ENDED", job });
    expect(violations(schema, "event", JSON.parse(JSON.stringify(document)))).toEqual([]);
  });
});

describe("the manual", () => {
  const manual = readFileSync(join(import.meta.dir, "../../docs/output.md"), "utf8");

  test("explains every key of the schema", () => {
    const keys = new Set(keysOf(schema));
    expect(keys.size).toBeGreaterThan(50);
    expect([...keys].filter((key) => !manual.includes(`\`${key}\``))).toEqual([]);
  });

  test("names every definition of the schema", () => {
    expect(definitions.filter((name) => !manual.includes(`\`${name}\``))).toEqual([]);
  });
});

function keysOf(schema: Schema): string[] {
  const own = Object.entries(schema.properties ?? {});
  const below = [
    ...own.map(([, each]) => each),
    ...Object.values(schema.$defs ?? {}),
    ...(schema.anyOf ?? []),
  ];
  if (schema.items) below.push(schema.items);
  return [...own.map(([key]) => key), ...below.flatMap(keysOf)];
}

describe("the checker itself", () => {
  const small: Schema = {
    $defs: {
      it: {
        type: "object",
        properties: { a: { type: ["integer", "null"] }, when: { type: "string", format: "date-time" } },
        required: ["a"],
      },
    },
  };
  test.each([
    [{ a: 1 }, []],
    [{ a: null }, []],
    [{ a: 1.5 }, [".a is 1.5, not integer or null"]],
    [{}, [".a is missing"]],
    [{ a: 1, b: 2 }, [".b is in no schema"]],
    [{ a: 1, when: "today" }, [".when is no time: today"]],
    [[], ["the document is [], not object"]],
  ])("%j", (value, problems) => {
    expect(violations(small, "it", value)).toEqual(problems);
  });
});
