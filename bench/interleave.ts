import { type Summary, summarize } from "./summary.ts";

const FEWEST_ROUNDS = 3;

export interface Rounds {
  readonly rounds: number;
  /** Rounds before these, which do not count. */
  readonly warmUp: number;
  /** After this time no further round begins, so that a busy machine is not kept busy; some there are. @default 12 */
  readonly atMostSeconds?: number;
  readonly signal: AbortSignal;
}

type Sides = Readonly<Record<string, (() => Promise<number>) | undefined>>;

/** A side that cannot be measured has no summary. */
type Summaries<S extends Sides> = {
  readonly [Side in keyof S]: undefined extends S[Side] ? Summary | undefined : Summary;
};

/**
 * Measures all sides by turns, so that whatever disturbs the machine disturbs all of them: ratios hold where the
 * figures themselves do not. The order is turned round each time, as who comes second may find caches warm.
 */
export async function interleave<S extends Sides>(
  sides: S,
  { rounds, warmUp, atMostSeconds = 12, signal }: Rounds,
): Promise<Summaries<S>> {
  const turns = Object.entries(sides).flatMap(([side, measure]) =>
    measure ? [{ side, measure, samples: [] as number[] }] : [],
  );
  const deadline = performance.now() + atMostSeconds * 1_000;
  for (let round = -warmUp; round < rounds; round++) {
    if (round >= FEWEST_ROUNDS && performance.now() > deadline) break;
    for (const { measure, samples } of round % 2 === 0 ? turns : turns.toReversed()) {
      signal.throwIfAborted();
      const sample = await measure();
      if (round >= 0) samples.push(sample);
    }
  }
  const summaries = turns.map(({ side, samples }) => [side, summarize(...samples)]);
  return Object.fromEntries(summaries) as Summaries<S>;
}

/** Time that it takes, in milliseconds. */
export async function millisecondsOf(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** Does something `times` over, so many of them at once. Resolves to how many were done a second. */
export async function perSecond(
  times: number,
  inFlight: number,
  action: (n: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const worker = async () => {
    while (next < times) await action(next++);
  };
  const elapsed = await millisecondsOf(() => Promise.all(Array.from({ length: inFlight }, worker)));
  return times / (elapsed / 1_000);
}
