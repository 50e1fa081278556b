/**
 * Waits for a condition, checking every 5 ms; throws naming `what` when it does not come true.
 * The time limit only turns a hang into a failure: it is never what a test measures.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  what: string,
  timeoutMs = 60_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await Bun.sleep(5);
  }
}
