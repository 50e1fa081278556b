import type { UidRange } from "./store.ts";

/** The first uid of the range above the highest one that was given, and that nobody has; undefined: there is none. */
export function nextUid(
  highest: number,
  { first, last }: UidRange,
  taken: ReadonlySet<number>,
): number | undefined {
  let uid = Math.max(first, highest + 1);
  while (taken.has(uid)) uid++;
  return uid > last ? undefined : uid;
}
