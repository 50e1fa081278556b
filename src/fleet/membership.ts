import { bootTimeMs } from "../job/index.ts";
import { reasonOf, type Stored, type Unwritten } from "./bucket.ts";
import { pause } from "./connect.ts";
import type { FleetContext } from "./context.ts";
import { lostAfterMs } from "./lease.ts";
import { tokenOf } from "./names.ts";
import type { AgentBeat, PoolLoad } from "./types.ts";

/** `joining`: before its first heartbeat, and from being declared lost until it has put its house in order. */
export type MembershipState = "joining" | "up" | "draining";

export interface MembershipDuties {
  /** Makes sure that nothing runs here that is not this agent's. @param lostAt see `Worker.reconcile` */
  readonly reconcile: (lostAt?: number) => Promise<void>;
  readonly load: () => Readonly<Record<string, PoolLoad>>;
  /** @param joined revision of the heartbeat with which it has joined for the last time */
  readonly onState: (state: MembershipState, joined: number) => void;
}

/** Pause after a heartbeat that was not acknowledged, in milliseconds. */
const AFTER_FAILURE_MS = 1_000;

/** This agent's place in the fleet: its heartbeat, and the lease that each one brings. */
export class Membership {
  readonly #context: FleetContext;
  readonly #duties: MembershipDuties;
  readonly #key: string;
  #beat: Stored<AgentBeat> | undefined;
  #joined = 0;
  /** No later than what put an end to its last membership, by revision. */
  #endedAt: number | undefined;
  #state: MembershipState = "joining";
  #isDraining = false;
  #hasLeft = false;
  /** Ends the pause before the next heartbeat. */
  #hurry = new AbortController();

  constructor(context: FleetContext, duties: MembershipDuties) {
    this.#context = context;
    this.#duties = duties;
    this.#key = tokenOf(context.settings.name);
  }

  get state(): MembershipState {
    return this.#state;
  }

  /** Until the agent closes; what goes wrong is logged, and tried again. */
  async run(): Promise<void> {
    const { closing, settings, log } = this.#context;
    let told: string | undefined;
    while (!closing.aborted && !this.#hasLeft) {
      try {
        this.#beat = this.#beat === undefined ? await this.#join() : await this.#again(this.#beat);
        told = undefined;
        await this.#pause(this.#beat === undefined ? 0 : settings.heartbeatMs);
      } catch (error) {
        const why = reasonOf(error);
        if (why !== told && !closing.aborted) log.warn(`no heartbeat to the fleet: ${why}`);
        told = why;
        await this.#pause(AFTER_FAILURE_MS);
      }
    }
  }

  /** Takes on no more jobs of the fleet, or does so again; known to others with the next heartbeat, sent now. */
  drain(isDraining: boolean): void {
    this.#isDraining = isDraining;
    if (this.#state !== "joining") this.#enter(isDraining ? "draining" : "up");
    this.#hurry.abort();
  }

  /** Leaves for good: nobody waits for this agent. @throws JobError UNAVAILABLE */
  async leave(): Promise<void> {
    this.#hasLeft = true;
    this.#hurry.abort();
    if (this.#beat) await this.#context.stores.agents.remove(this.#key, this.#beat.revision);
  }

  /** Takes its place, or takes it again; undefined: not yet. */
  async #join(): Promise<Stored<AgentBeat> | undefined> {
    const { stores, instance, closing } = this.#context;
    // What makes no sense is nobody's, and overwritten.
    const before = await stores.agents.look(this.#key);
    const isLost = before?.value?.state === "lost";
    if (before?.value && before.value.instance !== instance && !isLost) {
      await this.#waitFor({ value: before.value, revision: before.revision });
      return undefined;
    }
    await this.#duties.reconcile(isLost ? before?.revision : this.#endedAt);
    if (closing.aborted) return undefined;
    const began = bootTimeMs();
    const beat = before
      ? await stores.agents.replace(this.#key, this.#make(began), before.revision)
      : await stores.agents.create(this.#key, this.#make(began));
    if (!beat) return undefined;
    this.#joined = beat.revision;
    this.#endedAt = undefined;
    await this.#extend(began);
    this.#enter(this.#isDraining ? "draining" : "up");
    return beat;
  }

  /** The next heartbeat; undefined: this agent has been declared lost, or another has its name. */
  async #again(beat: Stored<AgentBeat>): Promise<Stored<AgentBeat> | undefined> {
    const { stores, log, instance } = this.#context;
    // Before it is sent: others count from when they see it.
    const began = bootTimeMs();
    const next = await stores.agents.replace(this.#key, this.#make(began), beat.revision);
    if (next) {
      await this.#extend(began);
      return next;
    }
    const now = await stores.agents.look(this.#key);
    // One of its own that it took for failed, as no answer came.
    if (now?.value?.instance === instance && now.value.state !== "lost") {
      return this.#again({ value: now.value, revision: now.revision });
    }
    this.#endedAt = beat.revision + 1;
    this.#enter("joining");
    log.warn(
      "the fleet has given this agent up for lost: its jobs of the fleet are stopped, then it joins again",
    );
    return undefined;
  }

  #make(began: number): Unwritten<AgentBeat> {
    const { settings, instance, about, jobs } = this.#context;
    const { name: agent, labels, heartbeatMs } = settings;
    // A lease that was given by earlier, longer settings still counts.
    const leaseMs = Math.max(settings.leaseMs, jobs.leasedUntilMs - began);
    return {
      ...{ agent, instance, ...about, labels, heartbeatMs, leaseMs, pools: this.#duties.load() },
      state: this.#isDraining ? "draining" : "up",
      at: new Date().toISOString(),
    };
  }

  async #extend(began: number): Promise<void> {
    const { jobs, settings } = this.#context;
    await jobs.renewLeases({ untilMs: began + settings.leaseMs });
  }

  /** Waits for an agent on another host that bears the same name to fall silent, and gives it up for lost then. */
  async #waitFor({ value, revision }: Stored<AgentBeat>): Promise<void> {
    const { stores, closing, log, settings } = this.#context;
    if (this.#endedAt !== undefined) await this.#duties.reconcile(this.#endedAt);
    const patience = lostAfterMs(value.leaseMs);
    log.warn(
      `another agent, on host ${value.hostname}, bears the name ${settings.name} in the fleet: this one joins when that ` +
        `has been silent for ${Math.ceil(patience / 1000)} s; if both are to be there, give one another fleet.name`,
    );
    await pause(patience, closing);
    if (closing.aborted) return;
    // As a warden does: what that agent holds is not this one's to go on with, nor may it renew leases from here on.
    await stores.agents.replace(this.#key, { ...value, state: "lost" }, revision);
  }

  #enter(state: MembershipState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#duties.onState(state, this.#joined);
  }

  async #pause(ms: number): Promise<void> {
    this.#hurry = new AbortController();
    await pause(ms, AbortSignal.any([this.#context.closing, this.#hurry.signal]));
  }
}
