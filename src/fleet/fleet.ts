import type { NatsConnection } from "@nats-io/transport-node";
import { JobError } from "../job/errors.ts";
import { Attempts, runsHere } from "./attempts.ts";
import { reasonOf, unreachable } from "./bucket.ts";
import { serveCalls } from "./call-server.ts";
import { connectFleet, pause } from "./connect.ts";
import type { FleetContext, FleetHost } from "./context.ts";
import { Membership, type MembershipState } from "./membership.ts";
import { type FleetStores, provision } from "./provision.ts";
import { sealValidMs } from "./retention.ts";
import { type AgentProof, AgentSeals, type Objection } from "./seal.ts";
import { runWarden } from "./warden.ts";
import { Worker } from "./worker.ts";

/** Time between two looks after what this agent has, in milliseconds. */
const PATROL_MS = 60_000;
/** Time between two tries to make what the fleet needs, in milliseconds. */
const PROVISION_AGAIN_MS = 10_000;
/** Time for what is under way to come to its end when NATS does not answer, in milliseconds. */
const LAST_ANSWERS_MS = 1_000;
/** Time for ends of jobs to be reported when the agent goes, in milliseconds. */
const LAST_REPORTS_MS = 5_000;

export interface FleetOptions extends Omit<FleetHost, "instance"> {
  /** See `FleetHost`. */
  readonly instance: string;
  readonly proof: () => AgentProof;
  readonly objection: Objection;
  /** Whether this agent takes no more jobs of the fleet: kept over its restarts. */
  readonly draining: { get(): boolean; set(isDraining: boolean): void };
}

/** How this agent stands in its fleet. */
export interface Standing {
  readonly agent: string;
  readonly state: "up" | "draining" | "lost";
  /** Whether it reaches NATS at the moment. */
  readonly connected: boolean;
  readonly runningJobs: number;
}

/** The parts, once there is what they need. */
interface Joined {
  readonly context: FleetContext;
  readonly worker: Worker;
  readonly membership: Membership;
}

/** This agent's part in a fleet. What goes wrong with it is logged and tried again: jobs of the agent's own never notice. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #closing = new AbortController();
  readonly #ran: Promise<void>;
  #connection: NatsConnection | undefined;
  #joined: Joined | undefined;
  #isConnected = false;

  private constructor(options: FleetOptions) {
    this.#options = options;
    this.#ran = this.#run().catch((error: unknown) => {
      options.log.error("defect in the agent's part in the fleet: restart it", error);
    });
  }

  /** Returns at once; joins in the background. */
  static open(options: FleetOptions): Fleet {
    return new Fleet(options);
  }

  async standing(): Promise<Standing> {
    const { name: agent } = this.#options.settings;
    const state = this.#state === "joining" ? "lost" : this.#state;
    return { agent, connected: this.#isConnected, runningJobs: await this.#running(), state };
  }

  get #state(): MembershipState {
    return this.#joined?.membership.state ?? "joining";
  }

  /** Jobs of the fleet; before it is known which of those here are the agent's to run, it is all of them. */
  async #running(): Promise<number> {
    if (this.#joined && this.#state !== "joining") return this.#joined.worker.running;
    return (await runsHere(this.#options.jobs)).length;
  }

  /** What calls about jobs of the fleet need. @throws JobError UNAVAILABLE until this agent has joined */
  get context(): FleetContext {
    if (this.#joined && this.#isConnected) return this.#joined.context;
    throw unreachable(new Error("this agent is not connected to NATS"));
  }

  /** Takes no more jobs of the fleet, or does so again; also after a restart. Resolves to how many it still runs. */
  async drain(isDraining: boolean): Promise<number> {
    this.#options.draining.set(isDraining);
    this.#joined?.membership.drain(isDraining);
    return this.#running();
  }

  /** Takes no more jobs: this agent goes. */
  hold(): void {
    this.#joined?.worker.hold();
  }

  /** When the jobs have been stopped: tells how they ended, as far as NATS hears it in time, and leaves. */
  async leave(): Promise<void> {
    const joined = this.#joined;
    if (!joined || !this.#isConnected) return;
    const deadline = performance.now() + LAST_REPORTS_MS;
    while (joined.worker.running > 0 && performance.now() < deadline) await Bun.sleep(20);
    if (joined.worker.running > 0) return;
    await joined.membership.leave().catch((error: unknown) => {
      this.#options.log.warn(`the fleet was not told that this agent leaves: ${reasonOf(error)}`);
    });
  }

  /** Jobs go on, and are found again by the next agent. */
  async close(): Promise<void> {
    this.#closing.abort();
    // First what is under way: who follows a job here through another agent is told to come again, and calls whose
    // connection is closed are waited for until they time out.
    const ended = new AbortController();
    await Promise.race([this.#ran, pause(LAST_ANSWERS_MS, ended.signal)]);
    ended.abort();
    await this.#connection?.close();
  }

  async #run(): Promise<void> {
    const { settings, log } = this.#options;
    const signal = this.#closing.signal;
    /** Those that were told. */
    const doubts = new Set<string>();
    const events = {
      onUnreachable: ({ message }: Error) => log.warn(message),
      onConnected: (server: string, doubt: string | undefined) => {
        this.#isConnected = true;
        log.info(`connected to the fleet at ${server}`);
        if (doubt !== undefined && !doubts.has(doubt)) log.warn(doubt);
        if (doubt !== undefined) doubts.add(doubt);
        this.#joined?.worker.patrol().catch((error: unknown) => log.warn(reasonOf(error)));
      },
      onDisconnected: (server: string) => {
        this.#isConnected = false;
        if (!signal.aborted) log.warn(`the fleet is away: the connection to ${server} was lost`);
      },
    };
    const connection = await connectFleet(settings, events, signal);
    if (!connection) return;
    this.#connection = connection;
    const context = await this.#prepare(connection);
    if (context) await this.#join(context);
  }

  async #prepare(connection: NatsConnection): Promise<FleetContext | undefined> {
    const { log, settings } = this.#options;
    const closing = this.#closing.signal;
    let told: string | undefined;
    while (!closing.aborted) {
      try {
        const stores = await provision(connection, settings);
        const seals = await this.#openSeals(stores);
        return { ...this.#options, connection, stores, seals, closing };
      } catch (error) {
        const why =
          error instanceof JobError && error.hint ? `${error.message} (${error.hint})` : reasonOf(error);
        if (why !== told && !closing.aborted) log.warn(`this agent cannot join the fleet yet: ${why}`);
        told = why;
      }
      await pause(PROVISION_AGAIN_MS, closing);
    }
    return undefined;
  }

  #openSeals({ keys }: FleetStores): Promise<AgentSeals> {
    const { settings, proof, objection, log } = this.#options;
    const seals = AgentSeals.open({
      ...{ agent: settings.name, proof, objection, validMs: sealValidMs(settings.keepMs) },
      fetchKey: async (key) => (await keys.get(key))?.value,
      publishKey: (key, value) => keys.put(key, value),
    });
    void this.#every(PATROL_MS, async () => (await seals).renew()).catch((error: unknown) => {
      log.error("seals are not renewed", error);
    });
    return seals;
  }

  async #join(context: FleetContext): Promise<void> {
    const { log, settings } = context;
    const worker = new Worker(context, new Attempts(context));
    const membership: Membership = new Membership(context, {
      reconcile: (lostAt) => worker.reconcile(lostAt),
      load: () => worker.load(),
      onState: (state, joined) => {
        log.info(`in the fleet as ${settings.name}: ${state}`);
        if (state === "up") worker.take(joined);
        else worker.hold();
      },
    });
    membership.drain(this.#options.draining.get());
    this.#joined = { context, worker, membership };
    await Promise.all([
      membership.run(),
      worker.run(),
      serveCalls(context),
      settings.warden ? runWarden(context) : undefined,
      this.#every(PATROL_MS, () => worker.patrol()),
    ]);
  }

  /** Does it time and again; what fails is done the next time. */
  async #every(ms: number, what: () => Promise<void>): Promise<void> {
    const { signal } = this.#closing;
    for (await pause(ms, signal); !signal.aborted; await pause(ms, signal)) {
      await what().catch((error: unknown) => {
        if (!signal.aborted) this.#options.log.warn(reasonOf(error));
      });
    }
  }
}
