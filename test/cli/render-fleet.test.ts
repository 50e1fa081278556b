import { describe, expect, test } from "bun:test";
import output from "../../docs/schema/output.json" with { type: "json" };
import {
  agentDocument,
  describeMembership,
  poolDocument,
  renderAgents,
  renderPools,
} from "../../src/cli/render-fleet.ts";
import type { FleetAgent, FleetPool } from "../../src/client/index.ts";
import { type Schema, violations } from "../helpers/json-schema.ts";

const schema = output as unknown as Schema;
const now = new Date("2026-11-24T12:00:00Z");
const lastSeenAt = new Date("2026-11-24T11:59:57Z");

const agents: FleetAgent[] = [
  {
    ...{ name: "b1.example.com", state: "up", version: "1.2.3", hostname: "b1", lastSeenAt },
    labels: { disk: "ssd", zone: "a" },
    pools: [
      {
        ...{ pool: "build", slots: 4, running: 1, cpuCores: 8, freeCpuCores: 7.5 },
        ...{ memoryBytes: 2 ** 35, freeMemoryBytes: 0 },
      },
      { pool: "test", slots: 1, running: 0 },
    ],
  },
  {
    ...{ name: "b2.example.com", state: "draining", version: "1.2.3", hostname: "b2", lastSeenAt },
    ...{ labels: {}, pools: [] },
  },
];
const pools: FleetPool[] = [
  { name: "build", agents: 2, slots: 8, running: 8, queued: 12, oldestQueuedAt: lastSeenAt },
  { name: "test", agents: 1, slots: 1, running: 0, queued: 0 },
];

test("agents are a line for each pool, with what is left where that is counted", () => {
  expect(renderAgents(agents, { now }).split("\n")).toEqual([
    "AGENT           STATE     POOL   RUNNING  FREE CPU  FREE MEMORY  LABELS            VERSION  SEEN",
    "b1.example.com  up        build  1/4      7.5/8     0B/32G       disk=ssd, zone=a  1.2.3    3s ago",
    "b1.example.com  up        test   0/1      -         -            disk=ssd, zone=a  1.2.3    3s ago",
    "b2.example.com  draining  -      -        -         -            -                 1.2.3    3s ago",
  ]);
});

test("the state of an agent has a colour, and no line is wider than the terminal", () => {
  expect(renderAgents(agents, { now, color: true })).toContain("\u001b[33mdraining\u001b[0m");
  for (const line of renderAgents(agents, { now, width: 90 }).split("\n")) {
    expect(line.length).toBeLessThanOrEqual(90);
  }
});

test("pools are a line each, with how many wait and for how long", () => {
  expect(renderPools(pools, { now }).split("\n")).toEqual([
    "POOL   AGENTS  RUNNING  WAITING  LONGEST WAIT",
    "build  2       8/8      12       3s",
    "test   1       0/1      0        -",
  ]);
});

test("what an agent calls itself cannot disturb the terminal", () => {
  const [first] = agents;
  const evil = { ...first, name: "\u001b[2J", version: "\u001b[2J" } as FleetAgent;
  expect(renderAgents([evil], { now })).not.toContain("\u001b");
  const member = { agent: "\u001b[2J", state: "up", connected: true, runningJobs: 0 } as const;
  expect(describeMembership(member)).not.toContain("\u001b");
});

test("an agent that cannot reach its fleet says so", () => {
  const member = { agent: "b1", state: "draining", connected: true, runningJobs: 2 } as const;
  expect(describeMembership(member)).toBe("b1, draining, 2 running");
  expect(describeMembership({ ...member, connected: false })).toBe(
    "b1, draining, 2 running, cannot reach the fleet's servers",
  );
});

describe("documents are what the schema says", () => {
  test.each([
    ["fleetAgents", agents.map(agentDocument)],
    ["fleetPools", pools.map(poolDocument)],
    ["membership", { agent: "b1", state: "up", connected: true, runningJobs: 2 }],
  ])("%s", (definition, document) => {
    expect(violations(schema, definition, JSON.parse(JSON.stringify(document)))).toEqual([]);
  });
});
