import { print } from "./output.ts";

/**
 * Does something with several jobs at once and prints what became of each, in the order they were named.
 * What fails for one does not keep the others; all of it is thrown in the end.
 */
export async function forEachName(
  names: readonly string[],
  action: (name: string) => Promise<string>,
): Promise<void> {
  const outcomes = await Promise.allSettled(
    [...new Set(names)].map(async (name) => `${name}: ${await action(name)}`),
  );
  const failures: unknown[] = [];
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") failures.push(outcome.reason);
    else await print(outcome.value);
  }
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures);
}
