import { setTimeout as sleep } from "node:timers/promises";
import { JobError } from "../job/errors.ts";

/** Without any sign of the agent for this long, it is given up. */
const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export interface PatienceOptions {
  readonly signal: AbortSignal;
  /** Tells the user about a lost connection, once per loss, and that it is back. */
  readonly note: (text: string) => void;
  /** @default 60_000 */
  readonly patienceMs?: number;
}

/** How long to go on trying: pauses that double, up to a limit since the last sign of the agent. */
export class Patience {
  readonly #options: PatienceOptions;
  readonly #describe: () => string;
  #lostAt: number | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #answered = false;

  constructor(options: PatienceOptions, describe: () => string) {
    this.#options = options;
    this.#describe = describe;
  }

  /** Whether the agent has ever answered. */
  get answered(): boolean {
    return this.#answered;
  }

  /** The agent has answered. */
  restore(): void {
    if (this.#lostAt !== undefined) this.#options.note("the agent is back");
    this.#answered = true;
    this.#lostAt = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** The agent has gone; whoever lost it goes on trying. */
  lose(error: JobError): void {
    if (this.#lostAt !== undefined) return;
    this.#lostAt = performance.now();
    this.#options.note(`${this.#describe()}, trying again (${error.message})`);
  }

  /** Pauses before the next attempt; rethrows what no further attempt would help against. */
  async spend(error: unknown): Promise<void> {
    const { signal, patienceMs = PATIENCE_MS } = this.#options;
    if (signal.aborted || !(error instanceof JobError) || error.code !== "UNAVAILABLE") throw error;
    if (this.#lostAt !== undefined && performance.now() - this.#lostAt > patienceMs) throw error;
    this.lose(error);
    await sleep(this.#pauseMs, undefined, { signal });
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** Does it again while the agent is away. Only for what does no harm twice. */
export async function patiently<T>(action: () => Promise<T>, patience: Patience): Promise<T> {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      await patience.spend(error);
    }
  }
}
