const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10s`, `500ms`, `1m30s`, `2h`, `1.5s` or `0` in milliseconds; throws on anything else. */
export function parseDuration(text: string): number {
  if (text === "0") return 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (/^\d+(\.\d+)?$/.test(text)) {
    throw new Error(`needs a unit, got ${JSON.stringify(text)}: ${text}s, ${text}m or ${text}h?`);
  }
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    throw new Error(`must be a duration such as 10s, 500ms, 1m30s or 2h, got ${JSON.stringify(text)}`);
  }
  const total = parts.reduce(
    (sum, [, n, unit]) => sum + Number(n) * UNIT_MS[unit as keyof typeof UNIT_MS],
    0,
  );
  return Math.round(total);
}

/** Value of `--timeout`. */
export function parseTimeout(text: string): number {
  const ms = parseDuration(text);
  if (ms > 0 && ms <= 365 * UNIT_MS.d) return ms;
  throw new Error(`must be more than 0 and at most 365d, got ${JSON.stringify(text)}`);
}

/** Value of `--grace-period`; the agent takes no longer one. */
export function parseGracePeriod(text: string): number {
  const ms = parseDuration(text);
  if (ms <= UNIT_MS.d) return ms;
  throw new Error(`must be at most 24h, got ${JSON.stringify(text)}`);
}

/** Milliseconds for people, in the two largest units: `1m 30s`, `250ms`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))}ms`;
  const units = [
    ["d", UNIT_MS.d],
    ["h", UNIT_MS.h],
    ["m", UNIT_MS.m],
    ["s", UNIT_MS.s],
  ] as const;
  const first = units.findIndex(([, size]) => ms >= size);
  let rest = ms;
  const parts: string[] = [];
  for (const [unit, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(" ");
}
