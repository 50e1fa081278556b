import { expect, test } from "bun:test";
import { authorize, type Decision, type JobOwner } from "../../src/agent/authorize.ts";
import { ROLES, type Role } from "../../src/agent/identity.ts";
import { jobService, type Rpc } from "../../src/rpc/schema.ts";

const owners = [
  "caller",
  "someone else",
  "nobody: there is no such job",
] as const satisfies readonly JobOwner[];
type Row = readonly [Decision, Decision, Decision];

/** Decisions for a job of the caller's, of someone else's, and one that does not exist. */
const managesAll: Row = ["allowed", "allowed", "no such job"];
const managesOwn: Row = ["allowed", "no such job", "no such job"];

/** A row for calls that name a job, one decision for those that do not. */
const table: Record<Role, Record<Rpc, Row | Decision>> = {
  admin: {
    ...{ run: "allowed", list: "allowed", info: "allowed" },
    ...{ get: managesAll, stop: managesAll, streamLogs: managesAll, wait: managesAll },
    ...{ signal: managesAll, remove: managesAll, stats: managesAll, watch: "allowed" },
    ...{ audit: "allowed", fleetAgents: "allowed", fleetPools: "allowed", drain: "allowed" },
  },
  user: {
    ...{ run: "allowed", list: "own jobs only", info: "allowed" },
    ...{ get: managesOwn, stop: managesOwn, streamLogs: managesOwn, wait: managesOwn },
    ...{ signal: managesOwn, remove: managesOwn, stats: managesOwn, watch: "own jobs only" },
    ...{ audit: "denied", fleetAgents: "denied", fleetPools: "allowed", drain: "denied" },
  },
};

const rpcs = Object.keys(jobService) as Rpc[];
const cases = ROLES.flatMap((role) => rpcs.map((rpc) => [role, rpc, table[role][rpc]] as const));

test.each(cases)("%s calling %s: %j", (role, rpc, expected) => {
  const decisions =
    typeof expected === "string" ? authorize(rpc, role) : owners.map((owner) => authorize(rpc, role, owner));
  expect(decisions).toEqual(expected as never);
});

test("what is not listed is denied", () => {
  for (const role of ["", "operator", "Admin", "constructor", "__proto__"]) {
    for (const rpc of rpcs) expect(authorize(rpc, role, "caller")).toBe("denied");
  }
  for (const rpc of ["", "Get", "delete", "constructor", "__proto__", "toString"]) {
    for (const role of ROLES) expect(authorize(rpc, role, "caller")).toBe("denied");
  }
});
