const DAY_MS = 86_400_000;
/** Time before its end at which something is warned about, in days; less for what lives shortly. */
const WARN_DAYS = 30;

/** Time for which something is valid. */
export interface Validity {
  readonly from: Date;
  readonly to: Date;
}

/** A warning that what is valid now will soon be no more: in the last quarter of its life, from 30 days before its end on. */
export function expiryOf(what: string, { from, to }: Validity, now: Date): string | undefined {
  const left = to.getTime() - now.getTime();
  const life = to.getTime() - from.getTime();
  if (left >= Math.min(WARN_DAYS * DAY_MS, life / 4)) return undefined;
  if (left <= 0) return `${what} has expired on ${to.toISOString()}`;
  return `${what} expires on ${to.toISOString()}, in ${leftOf(left)}`;
}

function leftOf(ms: number): string {
  const [count, unit] =
    ms >= 2 * DAY_MS ? [Math.floor(ms / DAY_MS), "days"] : [Math.ceil(ms / 3_600_000), "hours"];
  return count === 1 ? "an hour" : `${count} ${unit}`;
}
