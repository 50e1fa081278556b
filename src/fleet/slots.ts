import type { PoolLoad, PoolSettings } from "./types.ts";

/** What a job asks for, of that which pools count. */
export interface Asked {
  readonly cpuCores?: number | undefined;
  readonly memoryBytes?: number | undefined;
}

/** What is taken of the pools of this agent. */
export class Slots {
  readonly #pools: Readonly<Record<string, PoolSettings>>;
  readonly #taken = new Map<string, Asked & { readonly pool: string }>();

  constructor(pools: Readonly<Record<string, PoolSettings>>) {
    this.#pools = pools;
  }

  get running(): number {
    return this.#taken.size;
  }

  /** Below 0 where a pool has been made smaller since its jobs began. */
  free(pool: string): number {
    return (this.#pools[pool]?.slots ?? 0) - this.#of(pool).length;
  }

  /** Whether a job that asks for so much can begin now. */
  fits(pool: string, asked: Asked): boolean {
    const { freeCpuCores, freeMemoryBytes } = this.#load(pool);
    return (
      (freeCpuCores === undefined || (asked.cpuCores ?? 0) <= freeCpuCores) &&
      (freeMemoryBytes === undefined || (asked.memoryBytes ?? 0) <= freeMemoryBytes)
    );
  }

  /** @param holder its name: taken once, however often it is taken */
  take(holder: string, pool: string, asked: Asked): void {
    this.#taken.set(holder, { pool, ...asked });
  }

  release(holder: string): void {
    this.#taken.delete(holder);
  }

  loads(): Readonly<Record<string, PoolLoad>> {
    return Object.fromEntries(Object.keys(this.#pools).map((pool) => [pool, this.#load(pool)]));
  }

  #load(pool: string): PoolLoad {
    const settings = this.#pools[pool] ?? { slots: 0 };
    const { cpuCores, memoryBytes } = settings;
    const taken = this.#of(pool);
    const sum = (of: (asked: Asked) => number | undefined) =>
      taken.reduce((total, asked) => total + (of(asked) ?? 0), 0);
    return {
      ...settings,
      running: taken.length,
      ...(cpuCores === undefined
        ? {}
        : { freeCpuCores: Math.max(0, cpuCores - sum((asked) => asked.cpuCores)) }),
      ...(memoryBytes === undefined
        ? {}
        : { freeMemoryBytes: Math.max(0, memoryBytes - sum((asked) => asked.memoryBytes)) }),
    };
  }

  #of(pool: string): readonly Asked[] {
    return [...this.#taken.values()].filter((taken) => taken.pool === pool);
  }
}
