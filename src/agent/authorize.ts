import type { Rpc } from "../rpc/schema.ts";
import type { Role } from "./identity.ts";

/** Whose the job in question is, for calls that name one. */
export type JobOwner = "caller" | "someone else" | "nobody: there is no such job";

/** `own jobs only`: allowed, with everything of others left out. */
export type Decision = "allowed" | "own jobs only" | "no such job" | "denied";

type Scope = "all" | "own" | "none";

const policy = {
  admin: {
    ...{ run: "all", get: "all", stop: "all", streamLogs: "all", list: "all", wait: "all", info: "all" },
    ...{ signal: "all", remove: "all", stats: "all", watch: "all", audit: "all" },
    ...{ fleetAgents: "all", fleetPools: "all", drain: "all" },
  },
  user: {
    ...{ run: "all", get: "own", stop: "own", streamLogs: "own", list: "own", wait: "own", info: "all" },
    ...{ signal: "own", remove: "own", stats: "own", watch: "own" },
    // They have to know where jobs can go.
    fleetPools: "all",
    // What others do, and what hosts there are, is no business of theirs.
    ...{ audit: "none", fleetAgents: "none", drain: "none" },
  },
} satisfies Record<Role, Record<Rpc, Scope>>;

/**
 * Who may do what: the one place that decides. What is not in the table is denied, and
 * a job one may not see is answered exactly like one that does not exist.
 */
export function authorize(rpc: string, role: string, owner?: JobOwner): Decision {
  const scope = scopeOf(rpc, role);
  if (scope === undefined || scope === "none") return "denied";
  if (owner === undefined) return scope === "all" ? "allowed" : "own jobs only";
  if (owner === "caller") return "allowed";
  return owner === "someone else" && scope === "all" ? "allowed" : "no such job";
}

function scopeOf(rpc: string, role: string): Scope | undefined {
  if (!Object.hasOwn(policy, role)) return undefined;
  const allowed: Partial<Record<string, Scope>> = policy[role as Role];
  return Object.hasOwn(allowed, rpc) ? allowed[rpc] : undefined;
}
