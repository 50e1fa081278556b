import type { EventEmitter } from "node:events";
import { JobError } from "../job/errors.ts";
import type { ClientLimits } from "./client-limits.ts";
import type { RefusalKind, Refusals } from "./refusals.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Ends with a 'close' event: a connection, or the stream of a call. */
type Closing = Pick<EventEmitter, "once">;

interface Tenant {
  connections: number;
  calls: number;
  readonly rate: TokenBucket;
}

/** What each tenant takes of the agent, so that none takes it all. */
export class Quotas {
  readonly #limits: ClientLimits;
  readonly #refusals: Pick<Refusals, "countCall">;
  /** Only those with a certificate get here, so there is no end of them to fear. */
  readonly #tenants = new Map<string, Tenant>();
  #connections = 0;
  #calls = 0;

  constructor(limits: ClientLimits, refusals: Pick<Refusals, "countCall">) {
    this.#limits = limits;
    this.#refusals = refusals;
  }

  /** Counts a connection until it is closed; why there may be no further one, undefined when it may. */
  addConnection(name: string, connection: Closing): JobError | undefined {
    const tenant = this.#tenant(name);
    const { connections, connectionsPerTenant } = this.#limits;
    if (tenant.connections >= connectionsPerTenant) {
      return exceeded(`you have ${tenant.connections} connections to this agent, and no more may be open`);
    }
    if (this.#connections >= connections) {
      return exceeded(`this agent has ${this.#connections} connections, and no more may be open`);
    }
    tenant.connections++;
    this.#connections++;
    connection.once("close", () => {
      tenant.connections--;
      this.#connections--;
    });
    return undefined;
  }

  /**
   * Counts a call until it ends.
   * @throws JobError QUOTA_EXCEEDED
   */
  startCall(name: string, stream: Closing): void {
    const tenant = this.#tenant(name);
    const { calls, callsPerTenant, callRate } = this.#limits;
    tenant.calls++;
    this.#calls++;
    stream.once("close", () => {
      tenant.calls--;
      this.#calls--;
    });
    if (tenant.calls > callsPerTenant) {
      throw this.#refuse("calls", `${callsPerTenant} calls of yours are under way, and no more may be`);
    }
    if (this.#calls > calls) {
      throw this.#refuse("calls", `this agent serves ${calls} calls, and no more at a time`);
    }
    if (!tenant.rate.take()) {
      throw this.#refuse("rate", `you call more often than ${callRate} times a second`);
    }
  }

  #tenant(name: string): Tenant {
    const known = this.#tenants.get(name);
    if (known) return known;
    const rate = new TokenBucket(this.#limits.callRate, this.#limits.callBurst);
    const tenant = { connections: 0, calls: 0, rate };
    this.#tenants.set(name, tenant);
    return tenant;
  }

  #refuse(kind: RefusalKind, message: string): JobError {
    this.#refusals.countCall(kind);
    return exceeded(message);
  }
}

function exceeded(message: string): JobError {
  return new JobError("QUOTA_EXCEEDED", message, {
    hint: "try again later; whoever runs the agent sets the limit",
  });
}
