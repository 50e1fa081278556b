/**
 * One wait for the disk for many: who asks while one is under way shares the next. After a failure every later one
 * fails as well, because the kernel then takes pages for written that are not (fsync(2), "Errors"), and another
 * attempt would promise what does not hold.
 */
export class GroupSync {
  readonly #sync: () => Promise<void>;
  #underWay: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Resolves when everything written before this call is on the disk. @throws what the first failure threw */
  flush(): Promise<void> {
    this.#next ??= this.#after(this.#underWay);
    return this.#next;
  }

  async #after(before: Promise<void>): Promise<void> {
    await before;
    this.#underWay = this.#next ?? before;
    this.#next = undefined;
    await this.#sync();
  }
}
