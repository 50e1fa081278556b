import { JobError } from "../job/errors.ts";
import type { HealthRequest, HealthResponse, ServingStatus } from "../rpc/health.ts";

const SERVICES: ReadonlySet<string> = new Set(["", "job_runner.JobService"]);

/** Whether the agent serves, until it begins to end. */
export class Health {
  readonly #closing: AbortSignal;

  /** @param closing aborted when the agent begins to end */
  constructor(closing: AbortSignal) {
    this.#closing = closing;
  }

  /** @throws JobError JOB_NOT_FOUND for a service that is not here, which the protocol wants to be NOT_FOUND */
  async check({ service }: HealthRequest): Promise<HealthResponse> {
    if (SERVICES.has(service)) return { status: this.#status() };
    throw new JobError("JOB_NOT_FOUND", `there is no service named ${JSON.stringify(service)}`);
  }

  /** Tells the status, and that it has changed: after that the server ends, and the stream with it. */
  async *watch(
    { service }: HealthRequest,
    { signal }: { readonly signal: AbortSignal },
  ): AsyncGenerator<HealthResponse, void, undefined> {
    const known = SERVICES.has(service);
    yield { status: known ? this.#status() : "SERVICE_UNKNOWN" };
    const either = AbortSignal.any([signal, this.#closing]);
    if (!either.aborted) await new Promise((resolve) => either.addEventListener("abort", resolve));
    if (known && !signal.aborted) yield { status: this.#status() };
  }

  #status(): ServingStatus {
    return this.#closing.aborted ? "NOT_SERVING" : "SERVING";
  }
}
