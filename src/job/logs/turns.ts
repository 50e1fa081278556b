/** Work that finds all it needs in memory lets others have their turn after this time, in milliseconds. */
const TURN_MS = 5;

/** Long work without waits would hold up everything else: it passes the turn on between its steps. */
export class Turns {
  #since = performance.now();

  /** Undefined while there is no need to. */
  pass(): Promise<void> | undefined {
    if (performance.now() - this.#since < TURN_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#since = performance.now();
        resolve();
      });
    });
  }
}
