import { print } from "./output.ts";

/** What came of doing something with several jobs. */
export interface Outcomes<T> {
  /** In the order the jobs were named. */
  readonly values: readonly T[];
  readonly failures: readonly unknown[];
}

/** Does something with several jobs at once, with each only once. What fails for one does not keep the others. */
export async function settleEachName<T>(
  names: readonly string[],
  action: (name: string) => Promise<T>,
): Promise<Outcomes<T>> {
  const outcomes = await Promise.allSettled([...new Set(names)].map(action));
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
  const { values, failures } = await settleEachName(names, action);
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
): Promise<void> {
  let before = Promise.resolve();
  await forEachName(names, (name) => {
    const outcome = action(name);
    // A failure may come before its turn: it is heard of below.
    outcome.catch(() => undefined);
    const printed = before.then(async () => print(`${name}: ${await outcome}`));
    // Whoever comes next does not mind that this one failed.
    before = printed.catch(() => undefined);
    return printed;
  });
}
