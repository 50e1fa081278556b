/** Value of an option that counts something. */
export function parseCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(count)) return count;
  throw new Error(`must be a whole number, got ${JSON.stringify(text)}`);
}

/** Processor time in cores: `0.5`, `2`. */
export function parseCores(text: string): number {
  if (/^(\d+(\.\d*)?|\.\d+)$/.test(text)) return Number(text);
  throw new Error(`must be a number of cores such as 0.5 or 2, got ${JSON.stringify(text)}`);
}
