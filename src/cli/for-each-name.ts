import { ownSink, type Sink } from "./sink.ts";

/** What came of doing something with several jobs, or on several agents. */
export interface Outcomes<T> {
  /** In the order they were named. */
  readonly values: readonly T[];
  readonly failures: readonly unknown[];
}

/** Does something with several at once, with each only once. What fails for one does not keep the others. */
export async function settleEach<It, T>(
  all: readonly It[],
  action: (it: It) => Promise<T>,
): Promise<Outcomes<T>> {
  const outcomes = await Promise.allSettled([...new Set(all)].map(action));
  return {
    values: outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : [])),
    failures: outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : [])),
  };
}

/** The same; all failures are thrown in the end. */
export async function forEachName<T>(
  names: readonly string[],
  action: (name: string) => Promise<T>,
): Promise<readonly T[]> {
  const { values, failures } = await settleEach(names, action);
  throwAll(failures);
  return values;
}

export function throwAll(failures: readonly unknown[]): void {
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures);
}

/** The same, printing `NAME: what became of it` in that order, each as soon as it is known. */
export async function tellEachName(
  names: readonly string[],
  action: (name: string) => Promise<string>,
  sink: Pick<Sink, "print"> = ownSink,
): Promise<void> {
  let before = Promise.resolve();
  await forEachName(names, (name) => {
    const outcome = action(name);
    // A failure may come before its turn: it is heard of below.
    outcome.catch(() => undefined);
    const printed = before.then(async () => sink.print(`${name}: ${await outcome}`));
    // Whoever comes next does not mind that this one failed.
    before = printed.catch(() => undefined);
    return printed;
  });
}
