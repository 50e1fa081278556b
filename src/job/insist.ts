const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Does what must be done in the end, however long the disk is full or descriptors are used up: again and again,
 * with growing pauses, telling the first failure. Gives up, and says false, when `signal` is aborted.
 */
export async function insist(
  action: () => Promise<void> | void,
  signal: AbortSignal,
  report: (cause: unknown) => void,
): Promise<boolean> {
  let told = false;
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      await action();
      return true;
    } catch (cause) {
      if (!told) report(cause);
      told = true;
    }
    await Bun.sleep(pause);
  }
  return false;
}
