import { lostAfterMs } from "./lease.ts";
import type { AgentBeat } from "./types.ts";

interface Heard {
  readonly beat: AgentBeat;
  readonly revision: number;
  /** By the clock of the listener. */
  readonly at: number;
}

/** An agent that has not been heard of for longer than it may be silent. */
export interface Silent {
  readonly key: string;
  readonly beat: AgentBeat;
  readonly revision: number;
}

/**
 * Who has been heard of when, by the listener's own clock alone: what beats say of time is not reckoned with. The
 * listener beats as well, into the same stream. While it does not hear even itself, it is the stream that is silent,
 * and nobody's silence counts.
 */
export class Silence {
  readonly #deafAfterMs: number;
  readonly #heard = new Map<string, Heard>();
  #lastHeard = Number.NEGATIVE_INFINITY;

  /** @param deafAfterMs time without any beat, in milliseconds, after which it is the listener who hears nothing */
  constructor(deafAfterMs: number) {
    this.#deafAfterMs = deafAfterMs;
  }

  /** @param at milliseconds of a clock that never goes back */
  hear(key: string, beat: AgentBeat | undefined, revision: number, at: number): void {
    if (this.#isDeaf(at)) this.#forgive(at);
    this.#lastHeard = at;
    if (beat === undefined) this.#heard.delete(key);
    else this.#heard.set(key, { beat, revision, at });
  }

  /** Something that is no heartbeat has taken the place of one: no sign of life, but what a verdict has to replace. */
  misheard(key: string, revision: number): void {
    const heard = this.#heard.get(key);
    if (heard) this.#heard.set(key, { ...heard, revision });
  }

  silentAt(at: number): Silent[] {
    if (this.#isDeaf(at)) return [];
    return [...this.#heard].flatMap(([key, { beat, revision, at: heardAt }]) =>
      beat.state !== "lost" && at - heardAt >= lostAfterMs(beat.leaseMs) ? [{ key, beat, revision }] : [],
    );
  }

  #isDeaf(at: number): boolean {
    return at - this.#lastHeard > this.#deafAfterMs;
  }

  /** All begin anew. */
  #forgive(at: number): void {
    for (const [key, heard] of this.#heard) this.#heard.set(key, { ...heard, at });
  }

  /** Those that have been declared lost. */
  lost(): Silent[] {
    return [...this.#heard].flatMap(([key, { beat, revision }]) =>
      beat.state === "lost" ? [{ key, beat, revision }] : [],
    );
  }
}
