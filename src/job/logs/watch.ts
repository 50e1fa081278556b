import { type FSWatcher, statSync, watch } from "node:fs";

/** Bun drops the last event when two changes come within about 1 ms: look once more after this, in ms. */
const SECOND_LOOK_MS = 5;
/** The net below: a change that no event told of is found after this, in ms. */
const POLL_MS = 200;

/**
 * Tells any number of readers that a log of a job has changed: one inotify watch and one look a log for all of them,
 * and none while nobody reads. Wake-ups may be for nothing; a change is never missed for long.
 */
export class LogWatch {
  readonly #paths: readonly string[];
  readonly #waiting = new Set<() => void>();
  #readers = 0;
  #version = 0;
  /** The logs as they were when readers were last woken. */
  #seen = "";
  readonly #watchers: FSWatcher[] = [];
  #poll: NodeJS.Timeout | undefined;
  #secondLook: NodeJS.Timeout | undefined;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** Take it *before* reading, and wait for a change since: what is written in between is not slept through. */
  get version(): number {
    return this.#version;
  }

  /** Readers hold the watch while they follow, from before their first look at the logs. */
  open(): Disposable {
    if (this.#readers++ === 0) this.#start();
    return {
      [Symbol.dispose]: () => {
        if (--this.#readers === 0) this.#stop();
      },
    };
  }

  /** Resolves at the next change after `version`, or when the signal is aborted. */
  async changedSince(version: number, signal?: AbortSignal): Promise<void> {
    if (version !== this.#version || signal?.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    const wake = () => resolve();
    signal?.addEventListener("abort", wake);
    try {
      await promise;
    } finally {
      this.#waiting.delete(resolve);
      signal?.removeEventListener("abort", wake);
    }
  }

  /** Wakes every reader; also called when the job has ended. */
  readonly notify = (): void => {
    this.#version++;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  };

  /** Thousands may follow a job that is silent: they are woken by what has changed, not by the clock. */
  readonly #look = (): void => {
    const now = this.#paths.map(stateOf).join();
    if (now === this.#seen) return;
    this.#seen = now;
    this.notify();
  };

  #start(): void {
    this.#seen = this.#paths.map(stateOf).join();
    this.#poll = setInterval(this.#look, POLL_MS).unref();
    const onEvent = () => {
      this.#look();
      // Armed anew at each event: a timer that is only set when unset fires before the event that was dropped.
      clearTimeout(this.#secondLook);
      this.#secondLook = setTimeout(this.#look, SECOND_LOOK_MS);
    };
    try {
      for (const path of this.#paths) {
        const watcher = watch(path, { persistent: false }, onEvent);
        watcher.on("error", () => watcher.close());
        this.#watchers.push(watcher);
      }
    } catch {
      // EMFILE: the account's inotify instances are used up. The poll alone does it, at its pace.
    }
  }

  #stop(): void {
    clearInterval(this.#poll);
    clearTimeout(this.#secondLook);
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }
}

/** What is another when a log was written to, cut, removed or replaced. */
function stateOf(path: string): string {
  const there = statSync(path, { throwIfNoEntry: false });
  return there ? `${there.ino} ${there.size} ${there.mtimeMs}` : "none";
}
