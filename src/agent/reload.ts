import { isDeepStrictEqual } from "node:util";
import type { AgentPolicy } from "./config.ts";

/** What a running agent can take over, by its name in the file. Anything else is what the agent stands on. */
const LIVE = {
  limits: "limits",
  retention: "retention",
  globalTimeoutMs: "timeout",
  onShutdown: "on-shutdown",
  sharedAccount: "shared-account",
  runAs: "roles",
  logLevel: "log-level",
} as const satisfies Partial<Record<keyof AgentPolicy, string>>;

const NEEDS_RESTART = {
  listen: "listen",
  stateDir: "state-dir",
  cgroup: "cgroups, cgroup-root",
  clients: "clients",
  audit: "audit-file, audit-keep, audit-max-entries",
  tenantUids: "tenant-uids",
  logs: "max-log-size, max-log-size-cap, tenant-log-quota",
  isRoot: "the account",
  metrics: "metrics, metrics-per-job",
  logFormat: "log-format",
  fleet: "fleet",
  tlsFiles: "ca, cert, key, key-passphrase-file, crl, stale-crl",
} as const satisfies Record<Exclude<keyof AgentPolicy, keyof typeof LIVE>, string>;

export interface Reloaded {
  /** What the agent goes by from now on. */
  readonly policy: AgentPolicy;
  /** Names of settings that have changed. */
  readonly changed: readonly string[];
  /** Names of those that would have, were they not what the agent stands on. */
  readonly needRestart: readonly string[];
}

/** What becomes of the settings of an agent when its configuration says something else. */
export function reload(now: AgentPolicy, wanted: AgentPolicy): Reloaded {
  const differ = <Name extends keyof AgentPolicy>(names: Readonly<Record<Name, string>>): Name[] =>
    (Object.keys(names) as Name[]).filter((name) => !isDeepStrictEqual(now[name], wanted[name]));
  const live = differ(LIVE);
  return {
    policy: { ...now, ...Object.fromEntries(live.map((name) => [name, wanted[name]])) },
    changed: live.map((name) => LIVE[name]),
    needRestart: differ(NEEDS_RESTART).map((name) => NEEDS_RESTART[name]),
  };
}
