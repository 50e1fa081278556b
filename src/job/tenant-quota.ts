import { JobError } from "./errors.ts";

/** Limits how many jobs each tenant has running; those that are being started count. */
export class TenantQuota {
  readonly #max: number;
  readonly #running: (tenant: string) => number;
  readonly #starting = new Map<string, number>();

  /** @param running how many jobs of a tenant are running */
  constructor(max: number, running: (tenant: string) => number) {
    this.#max = max;
    this.#running = running;
  }

  /** @throws JobError QUOTA_EXCEEDED when there is no place for another job */
  require(tenant: string): void {
    const count = (this.#starting.get(tenant) ?? 0) + this.#running(tenant);
    if (count < this.#max) return;
    throw new JobError(
      "QUOTA_EXCEEDED",
      `your running jobs have reached the limit of this agent: ${count} of ${this.#max}`,
      {
        hint: "wait for one to end, or stop one; whoever runs the agent sets the limit",
      },
    );
  }

  /**
   * Starts another job.
   * @throws JobError QUOTA_EXCEEDED
   */
  async within<T>(tenant: string, start: () => Promise<T>): Promise<T> {
    this.require(tenant);
    this.#starting.set(tenant, (this.#starting.get(tenant) ?? 0) + 1);
    try {
      return await start();
    } finally {
      const left = (this.#starting.get(tenant) ?? 1) - 1;
      if (left > 0) this.#starting.set(tenant, left);
      else this.#starting.delete(tenant);
    }
  }
}
