import { Acceptance } from "./acceptance.ts";
import { Channel } from "./channel.ts";
import type { Target } from "./target.ts";

/**
 * The connections of one client. HTTP/2 shares the window of a connection between its streams, so a log that is
 * read slowly, or not at all, would hold up everything beside it: a log stream has its connection to itself.
 * It takes over the one of the calls before it and leaves it to those after it.
 */
export class Channels {
  readonly target: Target;
  readonly #connectTimeoutMs: number | undefined;
  readonly #acceptance = new Acceptance();
  #shared: Channel | undefined;

  constructor(target: Target, connectTimeoutMs?: number) {
    this.target = target;
    this.#connectTimeoutMs = connectTimeoutMs;
  }

  async call<T>(use: (channel: Channel) => Promise<T>): Promise<T> {
    this.#shared ??= this.#open();
    const channel = this.#shared;
    channel.calls++;
    try {
      return await use(channel);
    } finally {
      channel.calls--;
    }
  }

  /** The caller owns it: it ends in `giveBack` or in its own `close`. */
  take(): Channel {
    if (this.#shared?.calls !== 0) return this.#open();
    const channel = this.#shared;
    this.#shared = undefined;
    return channel;
  }

  /** Only after a stream that was read to its end: what was left unread still fills the window. */
  giveBack(channel: Channel): void {
    if (this.#shared) channel.close();
    else this.#shared = channel;
  }

  close(): void {
    this.#shared?.close();
    this.#shared = undefined;
  }

  #open(): Channel {
    return new Channel(this.target, this.#acceptance, this.#connectTimeoutMs);
  }
}
