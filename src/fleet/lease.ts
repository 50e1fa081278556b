import type { FleetSettings } from "./types.ts";

/**
 * How long what may be counted on. An agent grants its jobs a lease from a moment *before* it sends a heartbeat; a
 * warden counts from a moment *after* it has seen it. So the lease ends first, if clocks run alike; the rest is for
 * clocks that do not, and for the time that a supervisor takes to notice and to kill. See docs/fleet.md.
 */

/** How much slower than another a clock may run. */
const DRIFT = 1.05;
/** Time in which the jobs of a lease that has ended are surely dead, in milliseconds. */
const TO_BE_DEAD_MS = 10_000;

/** Silence after which an agent is declared lost, in milliseconds. */
export function lostAfterMs(leaseMs: number): number {
  return Math.ceil(leaseMs * DRIFT) + TO_BE_DEAD_MS;
}

/**
 * Time without any heartbeat, its own included, after which a warden takes it that NATS is away and judges nobody, in
 * milliseconds. What is shorter keeps an agent silent for the time of a lease at most, and then it has `TO_BE_DEAD_MS`
 * to be heard again. With a lease of three heartbeats it is two of them.
 */
export function deafAfterMs({
  heartbeatMs,
  leaseMs,
}: Pick<FleetSettings, "heartbeatMs" | "leaseMs">): number {
  return leaseMs - heartbeatMs;
}
