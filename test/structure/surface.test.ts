import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import * as client from "../../src/client/index.ts";
import * as job from "../../src/job/index.ts";

const root = join(import.meta.dir, "../..");

describe("the public surface", () => {
  test("package.json exports the library and the client, nothing else", () => {
    expect(Object.keys(packageJson.exports)).toEqual([".", "./client"]);
  });

  test("the library exports what it promises", () => {
    expect(Object.keys(job).toSorted()).toEqual([
      "JobError",
      "JobService",
      "STATUSES",
      "bootTimeMs",
      "detectCgroups",
      "detectHolePunching",
      "findAccount",
      "findTools",
      "isolationProblem",
    ]);
  });

  test("the client exports what it promises", () => {
    expect(Object.keys(client).toSorted()).toEqual(["JobError", "connect"]);
  });

  test("the version is the one the change log starts with", () => {
    const newest = /^## \[([^\]]+)\]/m.exec(readFileSync(join(root, "CHANGELOG.md"), "utf8"))?.[1];
    expect(newest).toBe(packageJson.version);
  });
});

describe("one verb has one name in every layer", () => {
  const proto = readFileSync(join(root, "proto/job_runner.proto"), "utf8");
  const rpcs = [...proto.matchAll(/^\s+rpc (\w+)\(/gm)].map(([, name = ""]) => name);
  const verbs = rpcs
    .filter((name) => name !== "Info")
    .map((name) => `${name[0]?.toLowerCase()}${name.slice(1)}`);

  test("the wire has the verbs of the first design", () => {
    expect(rpcs).toEqual(expect.arrayContaining(["Run", "Get", "Stop", "StreamLogs"]));
  });

  // The library knows one host.
  const ofFleets: ReadonlySet<string> = new Set(["fleetAgents", "fleetPools", "drain"]);
  const commands: Record<string, string> = {
    ...{ streamLogs: "job-logs", audit: "agent-audit", drain: "agent-drain" },
    ...{ fleetAgents: "fleet-agents", fleetPools: "fleet-pools" },
  };

  for (const verb of verbs) {
    test(`${verb} is a method of the library and a command`, () => {
      expect(verb in job.JobService.prototype).toBe(!ofFleets.has(verb));
      expect(existsSync(join(root, `src/cli/commands/${commands[verb] ?? `job-${verb}`}.ts`))).toBe(true);
    });
  }
});
