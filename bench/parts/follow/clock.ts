/** Time since 1970 in milliseconds, to the microsecond: the same in all processes of a machine, unlike hrtime here. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
