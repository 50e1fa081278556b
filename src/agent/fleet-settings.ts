import type { X509Certificate } from "node:crypto";
import { hostname } from "node:os";
import { AGENT_NAME, POOL_NAME } from "../fleet/names.ts";
import type { FleetSettings, PoolSettings } from "../fleet/types.ts";
import { checkLabels, Issues } from "../job/validate.ts";
import { type FileProblem, readPublicFile, readSecretFile } from "./files.ts";

/** What agent.yaml says of the fleet; whatever it leaves out is not there. */
export type GivenFleet = Partial<FleetSettings>;

const DEFAULTS = {
  servers: [],
  replicas: 1,
  heartbeatMs: 5_000,
  leaseMs: 20_000,
  keepMs: 7 * 86_400_000,
  archive: false,
  warden: true,
  labels: {},
  pools: {},
} as const satisfies Omit<FleetSettings, "name">;

/** NATS keeps copies by majority: an even number is no safer than the odd one below it. */
const REPLICAS: readonly number[] = [1, 3, 5];
const MAX_SLOTS = 10_000;
/** An agent that misses one heartbeat, and is late with the next, keeps its jobs. */
const BEATS_IN_LEASE = 3;

/** What was given, and the defaults. What is out of range, or makes no sense together, is added to `found`. */
export function fleetSettingsOf(given: GivenFleet, found: string[]): FleetSettings {
  const settings: FleetSettings = { ...DEFAULTS, name: hostname().toLowerCase(), ...given };
  const { servers, name, replicas, heartbeatMs, leaseMs, keepMs, labels, tls } = settings;
  const issues = new Issues();
  issues.unless(servers.length > 0, "servers must name one NATS server at least", servers);
  for (const server of servers) {
    issues.unless(isServer(server), "servers must each be nats://HOST:PORT or tls://HOST:PORT", server);
  }
  issues.unless(AGENT_NAME.test(name), "name must be a DNS name", name);
  issues.unless(REPLICAS.includes(replicas), `replicas must be ${REPLICAS.join(", ")}`, replicas);
  checkMs(issues, "heartbeat", heartbeatMs, 1_000, 60_000);
  checkMs(issues, "lease", leaseMs, BEATS_IN_LEASE * heartbeatMs, 3_600_000);
  checkMs(issues, "keep", keepMs, 3_600_000, 3_650 * 86_400_000);
  if ((tls?.cert === undefined) !== (tls?.key === undefined)) {
    issues.add("tls.cert and tls.key are given together, or not at all");
  }
  checkLabels(issues, labels);
  for (const [pool, of] of Object.entries(settings.pools)) checkPool(issues, pool, of);
  found.push(...issues.found.map((issue) => `fleet: ${issue}`));
  return settings;
}

/** What the agent cannot prove, or not read, that the fleet needs at its start; it is added to `problems`. */
export function fleetFileProblems(
  { name, credentials, tls }: FleetSettings,
  certificate: X509Certificate | undefined,
  problems: FileProblem[],
): void {
  if (credentials !== undefined) readSecretFile("fleet: credentials", credentials, problems);
  if (tls?.ca !== undefined) readPublicFile("fleet: tls.ca", tls.ca, problems);
  if (tls?.cert !== undefined) readPublicFile("fleet: tls.cert", tls.cert, problems);
  if (tls?.key !== undefined) readSecretFile("fleet: tls.key", tls.key, problems);
  if (certificate === undefined || dnsNamesOf(certificate).includes(name)) return;
  const names = dnsNamesOf(certificate).join(", ") || "none";
  problems.push({
    message:
      `fleet: name must be a DNS name of the agent's certificate (it has ${names}), got ${name}: ` +
      `set fleet.name, or make another certificate with lpr certs issue-agent ${name}`,
    missing: false,
  });
}

function checkPool(issues: Issues, name: string, { slots, cpuCores, memoryBytes }: PoolSettings): void {
  issues.unless(
    POOL_NAME.test(name),
    "pools must have names of 1 to 32 of A-Z a-z 0-9 _ -, neither first nor last of them _ or -",
    name,
  );
  const whole = Number.isSafeInteger(slots) && slots > 0 && slots <= MAX_SLOTS;
  issues.unless(whole, `pools.${name}.slots must be a whole number from 1 to ${MAX_SLOTS}`, slots);
  if (cpuCores !== undefined) issues.unless(cpuCores > 0, `pools.${name}.cpu must be above 0`, cpuCores);
  if (memoryBytes !== undefined) {
    issues.unless(memoryBytes > 0, `pools.${name}.memory must be above 0`, memoryBytes);
  }
}

function checkMs(issues: Issues, field: string, ms: number, min: number, max: number): void {
  const valid = Number.isSafeInteger(ms) && ms >= min && ms <= max;
  issues.unless(valid, `${field} must be from ${min / 1_000}s to ${max / 1_000}s`, `${ms / 1_000}s`);
}

/** Passwords have no place in a file that anybody may read: that is what `credentials` is for. */
function isServer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["nats:", "tls:"].includes(url.protocol)) return false;
  const alone = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return alone && url.hostname !== "" && ["", "/"].includes(url.pathname);
}

export function dnsNamesOf({ subjectAltName = "" }: X509Certificate): string[] {
  return subjectAltName.split(", ").flatMap((name) => (name.startsWith("DNS:") ? [name.slice(4)] : []));
}
