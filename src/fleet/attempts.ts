import { JobError } from "../job/errors.ts";
import type { FinishedJob, Job } from "../job/types.ts";
import { archiveLog } from "./archive.ts";
import { sealedAnew } from "./claim.ts";
import { pause } from "./connect.ts";
import type { FleetContext } from "./context.ts";
import { FLEET_LABEL, heldKey, localNameOf, readFleetLabel, tokenOf } from "./names.ts";
import { enqueue } from "./queue.ts";
import { isCutOff, reported } from "./report.ts";
import { keepAgainMs } from "./retention.ts";
import { finish, isHeldBy, lose, type Next, unclaim, wentWith } from "./transitions.ts";
import type { FleetJob } from "./types.ts";

/** Pauses between tries while NATS is away, in milliseconds: doubled up to the second. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/**
 * A claim without a job is one that was cut off before its start. An older one may have had a job that is forgotten
 * by now.
 */
const CLAIM_IS_FRESH_MS = 3_600_000;

/** One attempt at a job, by this agent. */
export interface HeldAttempt {
  readonly name: string;
  readonly fence: number;
}

type Outcome = (record: FleetJob) => Next;

/** The attempts that run here, whatever the fleet knows of them. */
export async function runsHere(jobs: Pick<FleetContext["jobs"], "list">): Promise<HeldAttempt[]> {
  const found: HeldAttempt[] = [];
  let pageToken: string | undefined;
  do {
    const page = await jobs.list({ statuses: ["RUNNING"], pageToken });
    found.push(...page.jobs.flatMap(({ labels }) => readFleetLabel(labels[FLEET_LABEL]) ?? []));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}

/** The attempts that this agent holds, from the claim to the report of their end. */
export class Attempts {
  readonly #context: FleetContext;
  /** By local name: followed once, however often they are found. */
  readonly #followed = new Set<string>();
  /** The same of those that are ended because this agent was lost: not by their own fault. */
  readonly #abandoned = new Set<string>();

  constructor(context: FleetContext) {
    this.#context = context;
  }

  /** What this agent may hold as far as the fleet knows. */
  async listHeld(): Promise<HeldAttempt[]> {
    const { stores, settings } = this.#context;
    const keys = await stores.held.keys(`${tokenOf(settings.name)}.*`);
    const found = await Promise.all(
      keys.map(async (key) => {
        const held = await stores.held.look(key);
        const name = key.slice(key.indexOf(".") + 1);
        // Written over by somebody: the record of the job has it as well.
        const fence = held?.value?.fence ?? (held && (await stores.jobs.look(name))?.value?.fence);
        return fence === undefined ? [] : [{ name, fence }];
      }),
    );
    return found.flat();
  }

  /** The record, if the attempt is this agent's to run; of one that makes no sense it is not. @throws JobError UNAVAILABLE */
  async recordOf({ name, fence }: HeldAttempt): Promise<FleetJob | undefined> {
    const { stores, settings } = this.#context;
    const record = await stores.jobs.look(name);
    return isHeldBy(record?.value, settings.name, fence) ? record?.value : undefined;
  }

  /**
   * Ends what may not run here any more; where it is still this agent's on record, it is the record of a job whose
   * host was lost. Resolves when all of it is gone.
   * @param lostAt leaves alone what was claimed after this revision of the agent's heartbeat, by another host of its
   * name. @default nothing was
   * @throws JobError UNAVAILABLE
   */
  async abandon(attempt: HeldAttempt, lostAt = Number.POSITIVE_INFINITY): Promise<void> {
    const { jobs, log, settings } = this.#context;
    const record = await this.recordOf(attempt);
    if (record && !wentWith(record, settings.name, lostAt)) return;
    const localName = localNameOf(attempt.name, attempt.fence);
    const local = await this.#local(attempt);
    if (local?.state.status === "RUNNING") {
      log.warn(`job ${attempt.name} of the fleet is not this agent's to run any more: stopped`);
      this.#abandoned.add(localName);
      await jobs
        .stop({ name: local.name, jobId: local.id, gracePeriodMs: 0 })
        .finally(() => this.#abandoned.delete(localName));
    }
    await this.#settle(attempt, (record) => lose(record, new Date()));
    await this.#letGo(attempt);
  }

  /**
   * Waits for the end of an attempt and reports it, however long NATS is away. Resolves when that is done, when the
   * attempt turns out to be another agent's, or when this agent closes.
   */
  async follow(attempt: HeldAttempt): Promise<void> {
    const localName = localNameOf(attempt.name, attempt.fence);
    if (this.#followed.has(localName)) return;
    this.#followed.add(localName);
    try {
      await this.#settle(attempt, await this.#endOf(attempt));
      await this.#insist(() => this.#letGo(attempt));
    } catch (error) {
      // Closing: the next agent finds it again.
      if (!this.#context.closing.aborted) throw error;
    } finally {
      this.#followed.delete(localName);
    }
  }

  /** Keeps what is written of an attempt from being forgotten, and heeds what is written there. */
  async keep(attempt: HeldAttempt, record: FleetJob): Promise<void> {
    const { stores, settings } = this.#context;
    const key = heldKey(settings.name, attempt.name);
    const held = await stores.held.look(key);
    const isDue = Date.now() - Date.parse(held?.value?.at ?? "") > keepAgainMs(settings.keepMs);
    if (!held?.value || isDue) {
      const current = await stores.jobs.get(attempt.name);
      if (!current || !isHeldBy(current.value, settings.name, attempt.fence)) return;
      const kept = await sealedAnew(this.#context, current);
      await stores.jobs.replace(attempt.name, kept, current.revision);
      await stores.held.put(key, { id: record.id, fence: attempt.fence, at: new Date().toISOString() });
    }
    await this.#heed(attempt, record);
  }

  /** Sees to what was asked of an attempt while it was being started. @throws JobError UNAVAILABLE */
  async started(attempt: HeldAttempt): Promise<void> {
    const record = await this.recordOf(attempt);
    if (record) await this.#heed(attempt, record);
  }

  /** A stop that is on record. */
  async #heed(attempt: HeldAttempt, { stop }: FleetJob): Promise<void> {
    if (stop === undefined) return;
    const local = await this.#local(attempt);
    if (local?.state.status !== "RUNNING") return;
    const { by: causedBy, gracePeriodMs } = stop;
    await this.#context.jobs.stop({ name: local.name, jobId: local.id, causedBy, gracePeriodMs });
  }

  /** Gives a claim back that came to nothing. */
  async giveBack(attempt: HeldAttempt): Promise<void> {
    await this.#settle(attempt, (record) => unclaim(record, new Date()));
    await this.#insist(() => this.#letGo(attempt));
  }

  /** Reports an attempt whose job could not be started. */
  async startFailed(attempt: HeldAttempt, message: string): Promise<void> {
    const end = { status: "FAILED", reason: "START_FAILED", message } as const;
    await this.#settle(attempt, (record) => finish(record, { ...end, finishedAt: new Date().toISOString() }));
    await this.#insist(() => this.#letGo(attempt));
  }

  /** What is to be put on record once the attempt has ended here. */
  async #endOf(attempt: HeldAttempt): Promise<Outcome> {
    const { jobs, closing } = this.#context;
    const local = await this.#local(attempt);
    if (!local) return neverStarted;
    const ended: FinishedJob = await jobs.wait({ name: local.name, jobId: local.id }, { signal: closing });
    if (this.#abandoned.has(local.name)) return (record) => lose(record, new Date());
    const archived = isCutOff(ended) ? undefined : await this.#archive(attempt, ended);
    return (record) => reported(record, ended, archived, new Date());
  }

  /**
   * Copies the output to NATS before the end is on record, so that nobody looks for it there in vain. Undefined: it
   * stays with this host alone.
   */
  async #archive(attempt: HeldAttempt, { id: jobId, name }: FinishedJob): Promise<number | undefined> {
    const { settings, log, closing } = this.#context;
    if (!settings.archive) return undefined;
    try {
      return await this.#insist(async () => {
        const record = await this.recordOf(attempt);
        if (!record) return undefined;
        const output = { agent: settings.name, id: record.id, fence: attempt.fence };
        return archiveLog(this.#context, { name, jobId }, output);
      });
    } catch (error) {
      // Told with its end instead, by the next agent.
      if (closing.aborted) throw error;
      log.warn(`the output of job ${attempt.name} stays with this host: ${error}`);
      return undefined;
    }
  }

  /** Puts an outcome on record, unless the attempt is not this agent's any more. */
  async #settle(attempt: HeldAttempt, outcome: Outcome): Promise<void> {
    const { stores, settings, connection } = this.#context;
    await this.#insist(async () => {
      for (;;) {
        const { value: record, revision = 0 } = (await stores.jobs.look(attempt.name)) ?? {};
        // Also what waits already: whoever made it wait may have gone before its message was in the queue.
        if (record && waitsSince(record, attempt)) return enqueue(connection, record);
        if (!record || !isHeldBy(record, settings.name, attempt.fence)) return;
        const next = outcome(record);
        if (!next) return;
        if (!(await stores.jobs.replace(attempt.name, next, revision))) continue;
        if (next.state.status === "PENDING") await enqueue(connection, next);
        return;
      }
    });
  }

  async #letGo({ name, fence }: HeldAttempt): Promise<void> {
    const { stores, settings } = this.#context;
    const key = heldKey(settings.name, name);
    const held = await stores.held.look(key);
    // A later attempt at the same job may have taken its place.
    if (held && (held.damage || held.value?.fence === fence)) await stores.held.remove(key, held.revision);
  }

  async #local({ name, fence }: HeldAttempt): Promise<Job | undefined> {
    try {
      return await this.#context.jobs.get({ name: localNameOf(name, fence) });
    } catch (error) {
      if (error instanceof JobError && error.code === "JOB_NOT_FOUND") return undefined;
      throw error;
    }
  }

  /** Tries until NATS answers, or this agent closes. */
  async #insist<T>(call: () => Promise<T>): Promise<T> {
    const { closing } = this.#context;
    for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof JobError) || error.code !== "UNAVAILABLE" || closing.aborted) throw error;
      }
      await pause(ms, closing);
    }
  }
}

/** Whether nobody has claimed the job since this attempt. */
export function waitsSince({ state, fence }: FleetJob, attempt: HeldAttempt): boolean {
  return state.status === "PENDING" && fence === attempt.fence;
}

/** Cut off between its claim and its start. */
function neverStarted(record: FleetJob): Next {
  const { state } = record;
  const claimedAt = state.status === "RUNNING" ? Date.parse(state.claimedAt) : 0;
  return Date.now() - claimedAt < CLAIM_IS_FRESH_MS ? unclaim(record, new Date()) : lose(record, new Date());
}
