/** Things that are done again and again and may fail for long: of each, the first failure is told until it goes well. */
export class Attempts {
  readonly #failing = new Set<string>();
  readonly #report: (what: string, cause: unknown) => void;

  constructor(report: (what: string, cause: unknown) => void) {
    this.#report = report;
  }

  /** Whether anything has failed that has not gone well since. */
  get failing(): boolean {
    return this.#failing.size > 0;
  }

  /** Never rejects. What `action` does before it waits is done when this returns. */
  async make(failure: string, action: () => Promise<void> | void): Promise<void> {
    try {
      await action();
      this.#failing.delete(failure);
    } catch (cause) {
      if (!this.#failing.has(failure)) this.#report(failure, cause);
      this.#failing.add(failure);
    }
  }
}
