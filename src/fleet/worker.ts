import { type Consumer, type ConsumerMessages, type JsMsg, jetstream } from "@nats-io/jetstream";
import { JobError } from "../job/errors.ts";
import { bootTimeMs } from "../job/index.ts";
import { type Attempts, type HeldAttempt, runsHere } from "./attempts.ts";
import { reasonOf } from "./bucket.ts";
import { askedOf, askedOfOrder, type Believed, claimAttempt } from "./claim.ts";
import { pause } from "./connect.ts";
import type { FleetContext } from "./context.ts";
import { consumerOf, QUEUE } from "./names.ts";
import { readQueued } from "./queue.ts";
import { type Asked, Slots } from "./slots.ts";
import type { PoolLoad } from "./types.ts";

/** For how long one request for jobs stands, in milliseconds. */
const PULL_MS = 30_000;
/** Time after which a job that was not for this agent is offered again, to any, in milliseconds. */
const OFFER_AGAIN_MS = 500;
/**
 * Time between two that are offered again, in milliseconds. They come before what is new: a thousand at once, which
 * waited for more room than there was, kept small ones waiting for 17 s, and the agent busy.
 */
const OFFERS_APART_MS = 20;
/** Pause after a request for jobs that failed, or a start that did, in milliseconds. */
const AFTER_FAILURE_MS = 1_000;
/** Why a job cannot start here now, and may elsewhere: this agent is closing, or has no room although it seemed to. */
const NOT_THE_JOBS_FAULT: ReadonlySet<string> = new Set(["UNAVAILABLE", "DISK_FULL", "QUOTA_EXCEEDED"]);

/** Takes jobs of its pools as there are slots, and brings each to its end. */
export class Worker {
  readonly #context: FleetContext;
  readonly #attempts: Attempts;
  readonly #slots: Slots;
  readonly #pulls = new Map<string, ConsumerMessages>();
  /** Jobs of such messages, by name: a claim of theirs may be under way. */
  readonly #claiming = new Set<string>();
  /** Attempts that hold a slot; resolved once their start has succeeded or failed. */
  readonly #lives = new Map<string, Promise<void>>();
  /** Messages that are being looked at. */
  readonly #takes = new Set<Promise<void>>();
  #isTaking = false;
  /** See `Attempt`. */
  #joined = 0;
  /** Something may have been claimed without our hearing of it. */
  #isUnsure = false;
  /** When the last of those jobs is offered again that were not for this agent. */
  #offeredAgainAt = 0;
  /** Resolved and made anew when a slot may be free, or jobs may be taken again. */
  #changed = Promise.withResolvers<void>();

  constructor(context: FleetContext, attempts: Attempts) {
    this.#context = context;
    this.#attempts = attempts;
    this.#slots = new Slots(context.settings.pools);
  }

  /** Jobs of the fleet that this agent has claimed and not yet reported. */
  get running(): number {
    return this.#slots.running;
  }

  load(): Readonly<Record<string, PoolLoad>> {
    return this.#slots.loads();
  }

  /** Takes jobs whenever `take` allows it, until the agent closes. */
  async run(): Promise<void> {
    await Promise.all(Object.keys(this.#context.settings.pools).map((pool) => this.#serve(pool)));
  }

  /** @param joined revision of the heartbeat with which this agent has joined */
  take(joined: number): void {
    this.#joined = joined;
    this.#isTaking = true;
    this.#notify();
  }

  /** Takes no more jobs; those it has go on. */
  hold(): void {
    this.#isTaking = false;
    for (const pull of this.#pulls.values()) pull.stop();
  }

  /**
   * Ends what this agent may not run any more, and goes on with what it holds. Resolves when nothing runs here that
   * is not this agent's.
   * @param lostAt ends all that was claimed before this agent was given up for lost, by the revision of the heartbeat
   * that says so: it may have been given to others
   * @throws JobError UNAVAILABLE
   */
  async reconcile(lostAt?: number): Promise<void> {
    this.#isUnsure = false;
    // What is just being claimed went with the rest, and is not to be found before it is on record.
    if (lostAt !== undefined) await Promise.all(this.#takes);
    const found = await Promise.all([this.#attempts.listHeld(), runsHere(this.#context.jobs)]);
    const keys = new Set([...found.flat().map(keyOf), ...this.#lives.keys()]);
    const look =
      lostAt === undefined ? this.#check : (attempt: HeldAttempt) => this.#abandon(attempt, lostAt);
    await Promise.all([...keys].map((key) => look(attemptOf(key))));
  }

  /** Looks after its jobs from time to time: whether they are still its own, are to be stopped, are kept on record. */
  async patrol(): Promise<void> {
    if (this.#isUnsure) return this.reconcile();
    await Promise.all([...this.#lives.keys()].map((key) => this.#check(attemptOf(key))));
  }

  readonly #check = async (attempt: HeldAttempt): Promise<void> => {
    if (this.#claiming.has(attempt.name)) return;
    const key = keyOf(attempt);
    await this.#lives.get(key);
    const record = await this.#attempts.recordOf(attempt);
    if (!record) return this.#attempts.abandon(attempt);
    if (!this.#lives.has(key)) this.#hold(attempt, record.pool, askedOf(record), Promise.resolve(true));
    await this.#attempts.keep(attempt, record);
  };

  async #abandon(attempt: HeldAttempt, lostAt: number): Promise<void> {
    await this.#lives.get(keyOf(attempt));
    await this.#attempts.abandon(attempt, lostAt);
  }

  /** Keeps a slot for an attempt until it is reported. */
  #hold(attempt: HeldAttempt, pool: string, asked: Asked, starting: Promise<boolean>): void {
    const { closing, log } = this.#context;
    const key = keyOf(attempt);
    this.#slots.take(key, pool, asked);
    const settled = () => undefined;
    this.#lives.set(key, starting.then(settled, settled));
    starting
      .then((hasStarted) => (hasStarted ? this.#attempts.follow(attempt) : undefined))
      .catch((error: unknown) => {
        this.#isUnsure = true;
        if (!closing.aborted) log.error(`job ${attempt.name} of the fleet was lost sight of`, error);
      })
      .finally(() => {
        this.#lives.delete(key);
        this.#slots.release(key);
        this.#notify();
      });
  }

  async #serve(pool: string): Promise<void> {
    const { closing, connection, log } = this.#context;
    let told = false;
    while (!closing.aborted) {
      const changed = this.#changed.promise;
      const free = this.#slots.free(pool);
      if (!this.#isTaking || free <= 0) {
        await Promise.race([changed, aborted(closing)]);
        continue;
      }
      try {
        const consumer = await jetstream(connection).consumers.get(QUEUE, consumerOf(pool));
        await this.#pull(pool, consumer, free);
        told = false;
      } catch (error) {
        if (!told && !closing.aborted) log.warn(`no jobs of pool ${pool} can be had: ${reasonOf(error)}`);
        told = true;
        await pause(AFTER_FAILURE_MS, closing);
      }
    }
  }

  /** Asks for as many jobs as there are slots, and takes them as they come. */
  async #pull(pool: string, consumer: Consumer, free: number): Promise<void> {
    const { closing } = this.#context;
    const messages = await consumer.fetch({ max_messages: free, expires: PULL_MS });
    this.#pulls.set(pool, messages);
    const stop = () => messages.stop();
    closing.addEventListener("abort", stop);
    if (closing.aborted || !this.#isTaking) stop();
    try {
      for await (const message of messages) {
        const take = this.#take(pool, message).finally(() => this.#takes.delete(take));
        this.#takes.add(take);
      }
    } finally {
      closing.removeEventListener("abort", stop);
      this.#pulls.delete(pool);
    }
  }

  async #take(pool: string, message: JsMsg): Promise<void> {
    const { log } = this.#context;
    // From the first moment on, so that no more is asked for than there is room.
    const waiting = `message ${message.seq}`;
    this.#slots.take(waiting, pool, {});
    let name: string | undefined;
    try {
      const queued = readQueued(message);
      if (!queued) {
        log.warn(`a message in the queue of pool ${pool} makes no sense: it is thrown away`);
        return message.term();
      }
      if (!this.#mayClaim || this.#claiming.has(queued.name)) return this.#notNow(message);
      name = queued.name;
      this.#claiming.add(name);
      const claimed = await claimAttempt(this.#context, this.#slots, queued, this.#joined);
      if (claimed.verdict === "done") return message.ack();
      if (claimed.verdict === "not now") return this.#notNow(message);
      const { believed, fence } = claimed;
      const attempt = { name, fence };
      this.#hold(attempt, pool, askedOfOrder(believed.order), this.#start(attempt, believed));
      message.ack();
    } catch (error) {
      // It comes again by itself; what was claimed all the same is found by the next patrol.
      this.#isUnsure = true;
      log.warn(`a job of pool ${pool} could not be taken: ${reasonOf(error)}`);
    } finally {
      if (name !== undefined) this.#claiming.delete(name);
      this.#slots.release(waiting);
      this.#notify();
    }
  }

  #notNow(message: JsMsg): void {
    const now = performance.now();
    this.#offeredAgainAt = Math.max(now + OFFER_AGAIN_MS, this.#offeredAgainAt + OFFERS_APART_MS);
    message.nak(Math.ceil(this.#offeredAgainAt - now));
  }

  /** Who has not been heard of for the time of a lease, as it was stopped, must take it that it is lost. */
  get #mayClaim(): boolean {
    return this.#isTaking && this.#context.jobs.leasedUntilMs > bootTimeMs();
  }

  /** Whether there is something to follow now. */
  async #start(attempt: HeldAttempt, { order, via }: Believed): Promise<boolean> {
    try {
      await this.#context.startOrder(order, { ...attempt, via, leased: order.retry > 0 });
      // In the background: the end of a stop is the end of the job.
      this.#attempts.started(attempt).catch(() => {
        this.#isUnsure = true;
      });
      return true;
    } catch (error) {
      if (!(error instanceof JobError)) throw error;
      if (!NOT_THE_JOBS_FAULT.has(error.code)) {
        await this.#attempts.startFailed(attempt, error.message);
        return false;
      }
      this.#context.log.warn(`job ${attempt.name} goes back to its queue: ${error.message}`);
      await this.#attempts.giveBack(attempt);
      // With the slot: another agent shall take it, not this one at once.
      await pause(AFTER_FAILURE_MS, this.#context.closing);
      return false;
    }
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

function keyOf({ name, fence }: HeldAttempt): string {
  return `${name}.${fence}`;
}

function attemptOf(key: string): HeldAttempt {
  const dot = key.lastIndexOf(".");
  return { name: key.slice(0, dot), fence: Number(key.slice(dot + 1)) };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
