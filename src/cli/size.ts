const UNITS = ["K", "M", "G", "T"] as const;

/** `512M`, `1.5G`, `64K` or plain bytes, in bytes, at least one. Units are powers of 1024; throws on anything else. */
export function parseSize(text: string): number {
  const [, number = "", unit] = /^(\d+(?:\.\d+)?)([KMGT])?$/i.exec(text) ?? [];
  const power = unit === undefined ? 0 : UNITS.indexOf(unit.toUpperCase() as (typeof UNITS)[number]) + 1;
  const bytes = Number(number) * 1024 ** power;
  if (number === "" || (power === 0 && !Number.isInteger(bytes)) || bytes < 1) {
    throw new Error(
      `must be a size such as 512M, 1.5G or 64K (powers of 1024), or bytes, got ${JSON.stringify(text)}`,
    );
  }
  if (bytes > Number.MAX_SAFE_INTEGER)
    throw new Error(`must be less than 8192T, got ${JSON.stringify(text)}`);
  return Math.floor(bytes);
}

/** Least size of a log that an agent keeps to. */
const MIN_LOG_BYTES = 64 * 1024;

/** Value of `--max-log-size`. */
export function parseLogSize(text: string): number {
  const bytes = parseSize(text);
  if (bytes >= MIN_LOG_BYTES) return bytes;
  throw new Error(`must be at least 64K, got ${JSON.stringify(text)}`);
}

/** Bytes for people, as they could be given: `512M`, `1.5G`, `100B`. */
export function formatSize(bytes: number): string {
  // 1023.96K would round to 1024K.
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length, Math.floor(Math.log2(bytes * 1.00005) / 10));
  if (power === 0) return `${Math.round(bytes)}B`;
  return `${(bytes / 1024 ** power).toFixed(1).replace(/\.0$/, "")}${UNITS[power - 1]}`;
}
