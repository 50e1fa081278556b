import type { KV } from "@nats-io/kv";
import { persistently, reaching } from "./bucket.ts";

/** Bytes by key, for what is written once and never changed. */
export class Blocks {
  readonly #kv: KV;

  constructor(kv: KV) {
    this.#kv = kv;
  }

  /** @throws JobError UNAVAILABLE; what NATS says when it has no room */
  async put(key: string, bytes: Uint8Array): Promise<void> {
    await persistently(() => this.#kv.put(key, bytes));
  }

  /** Undefined: it is not there, or not any more. @throws JobError UNAVAILABLE */
  async get(key: string): Promise<Uint8Array | undefined> {
    const entry = await reaching(() => this.#kv.get(key));
    return entry?.operation === "PUT" ? entry.value : undefined;
  }

  /** @throws JobError UNAVAILABLE */
  async remove(key: string): Promise<void> {
    await reaching(() => this.#kv.delete(key));
  }
}
