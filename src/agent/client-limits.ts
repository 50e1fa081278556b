/** What clients may take of an agent. Beyond it they are refused, and counted. */
export interface ClientLimits {
  /** Connections at a time, of all clients. */
  readonly connections: number;
  readonly connectionsPerTenant: number;
  /** Connections whose TLS handshake is not done; each further one replaces the oldest. */
  readonly handshakes: number;
  readonly handshakesPerAddress: number;
  /** Calls at a time over one connection; clients of HTTP/2 wait with more. */
  readonly callsPerConnection: number;
  /** Calls at a time of all tenants. */
  readonly calls: number;
  /** Calls at a time of one tenant, followers and waiters included. */
  readonly callsPerTenant: number;
  /** Calls a second of one tenant, in the long run. */
  readonly callRate: number;
  /** Calls of one tenant at once, after a pause. */
  readonly callBurst: number;
  /** Running jobs of one tenant. */
  readonly runningJobs: number;
  /** Size of a request, in bytes. */
  readonly messageBytes: number;
  /** Bytes of all requests that have not arrived in full, of one tenant. */
  readonly pendingBytes: number;
  /** Time for a request to arrive in full, in milliseconds. */
  readonly requestTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
  /** Time after which a connection without a call is closed, in milliseconds. */
  readonly idleTimeoutMs: number;
}

type Range = readonly [fallback: number, min: number, max: number];

const MiB = 1024 * 1024;
const DAY_MS = 86_400_000;

const ranges = {
  connections: [2_000, 1, 1_000_000],
  connectionsPerTenant: [500, 1, 1_000_000],
  handshakes: [500, 1, 1_000_000],
  handshakesPerAddress: [100, 1, 1_000_000],
  callsPerConnection: [250, 1, 100_000],
  calls: [4_000, 1, 1_000_000],
  callsPerTenant: [1_000, 1, 1_000_000],
  callRate: [1_000, 1, 1_000_000],
  callBurst: [5_000, 1, 1_000_000],
  runningJobs: [1_000, 1, 1_000_000],
  // A command line can be no longer than 2 MiB on Linux; the lower end leaves room for any request but Run.
  messageBytes: [4 * MiB, 64 * 1024, 64 * MiB],
  pendingBytes: [64 * MiB, 64 * 1024, 1024 * MiB],
  requestTimeoutMs: [30_000, 100, DAY_MS],
  handshakeTimeoutMs: [10_000, 100, DAY_MS],
  idleTimeoutMs: [300_000, 1_000, DAY_MS],
} as const satisfies Record<keyof ClientLimits, Range>;

const fields = Object.keys(ranges) as (keyof ClientLimits)[];

export const DEFAULT_CLIENT_LIMITS = Object.fromEntries(
  fields.map((field) => [field, ranges[field][0]]),
) as unknown as ClientLimits;

/** What was given, and the defaults. What is out of range, or makes no sense together, is added to `issues`. */
export function clientLimitsOf(given: Partial<ClientLimits>, issues: string[]): ClientLimits {
  for (const field of fields) {
    const [fallback, min, max] = ranges[field];
    const value = given[field] ?? fallback;
    if (Number.isSafeInteger(value) && value >= min && value <= max) continue;
    issues.push(`clients.${field} must be an integer from ${min} to ${max}, got ${value}`);
  }
  const limits = { ...DEFAULT_CLIENT_LIMITS, ...given };
  if (limits.pendingBytes < limits.messageBytes) {
    issues.push(
      `clients.pendingBytes must be at least clients.messageBytes (${limits.messageBytes}), got ${limits.pendingBytes}`,
    );
  }
  return limits;
}
