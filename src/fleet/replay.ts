import { JobError } from "../job/errors.ts";
import type { CallEnvelope } from "./protocol.ts";

/** Age at which a call is refused, in milliseconds; clocks of hosts may differ by as much. */
const FRESH_MS = 60_000;
/** Calls that are remembered, at most. */
const MAX_REMEMBERED = 100_000;

/** Sees to it that a call is answered once, however often somebody sends it. */
export class Replay {
  /** When each may be forgotten; oldest first. */
  readonly #seen = new Map<string, number>();

  /** @throws JobError UNAUTHENTICATED, QUOTA_EXCEEDED */
  admit({ at, nonce }: Pick<CallEnvelope, "at" | "nonce">, now: number): void {
    for (const [seen, until] of this.#seen) {
      if (until > now) break;
      this.#seen.delete(seen);
    }
    const age = Math.abs(now - Date.parse(at));
    if (!(age <= FRESH_MS)) {
      throw new JobError("UNAUTHENTICATED", "the call of an agent is too old, or its clock is wrong", {
        hint: "clocks of the hosts of a fleet may differ by a minute at most",
      });
    }
    if (this.#seen.has(nonce)) throw new JobError("UNAUTHENTICATED", "the call of an agent has come before");
    if (this.#seen.size >= MAX_REMEMBERED) throw new JobError("QUOTA_EXCEEDED", "too many calls of agents");
    // One that is as far ahead as may be is fresh for that much longer.
    this.#seen.set(nonce, now + 2 * FRESH_MS);
  }
}
