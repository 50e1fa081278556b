import { type FSWatcher, watch } from "node:fs";

/** Bun drops the last event when two changes come within about 1 ms: look once more after this, in ms. */
const SECOND_LOOK_MS = 5;
/** The net below: a change that no event told of is found after this, in ms. */
const POLL_MS = 200;

/**
 * Tells any number of readers that a log of a job may have grown: one inotify watch a log for all of them,
 * and none while nobody waits. Wake-ups may be for nothing; a change is never missed for long.
 */
export class LogWatch {
  readonly #paths: readonly string[];
  readonly #waiting = new Set<() => void>();
  #readers = 0;
  #version = 0;
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

  /** Readers hold the watch while they follow. */
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

  #start(): void {
    this.#poll = setInterval(this.notify, POLL_MS).unref();
    const onEvent = () => {
      this.notify();
      // Armed anew at each event: a timer that is only set when unset fires before the event that was dropped.
      clearTimeout(this.#secondLook);
      this.#secondLook = setTimeout(this.notify, SECOND_LOOK_MS);
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
