// 0 is no limit at all on the wire, so nobody may ask for it by mistake.

/** Value of an option that counts something. */
export function parseCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Error(`must be a whole number above 0, got ${JSON.stringify(text)}`);
}

/** Value of an option for which none is a choice as well. */
export function parseNumber(text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new Error(`must be a whole number, got ${JSON.stringify(text)}`);
}

/** Processor time in cores: `0.5`, `2`. */
export function parseCores(text: string): number {
  const cores = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : 0;
  if (cores > 0) return cores;
  throw new Error(`must be a number of cores above 0 such as 0.5 or 2, got ${JSON.stringify(text)}`);
}
