import { randomUUID } from "node:crypto";
import { JetStreamApiCodes, JetStreamApiError } from "@nats-io/jetstream";
import type { KV, KvEntry } from "@nats-io/kv";
import { ClosedConnectionError, PermissionViolationError, RequestError } from "@nats-io/transport-node";
import { JobError } from "../job/errors.ts";
import { readAll } from "./read-all.ts";

/** Tries of one write whose answer does not come; together with what a client of NATS waits, half a minute. */
const TRIES = 5;
const PAUSE_MS = 300;

/** A value as it lies in a bucket. */
export interface Stored<T> {
  readonly value: T;
  /** Rises with every write to the bucket. */
  readonly revision: number;
}

export interface Change<T> {
  readonly key: string;
  /** Undefined: it was removed, or makes no sense. */
  readonly value: T | undefined;
  readonly revision: number;
  /** By the clock of the server. */
  readonly writtenAt: Date;
  /** Why what lies there makes no sense: somebody has written over it. */
  readonly damage?: JobError;
}

/** A bucket that is there. */
export interface OpenBucket {
  readonly kv: KV;
  /** Of the last entry of such keys; 0: there is none. */
  readonly lastRevision: (filter: string) => Promise<number>;
}

/** Of a value that says who wrote it, everything but that. */
export type Unwritten<T> = Omit<T, "write">;

/**
 * Values of one kind, by key. Every write names what it replaces, and a write whose answer was lost is known by its
 * mark, so "somebody else was faster" always means somebody else.
 */
export class Bucket<T extends { readonly write: string }> {
  readonly #kv: KV;
  readonly #lastRevision: (filter: string) => Promise<number>;
  readonly #parse: (value: unknown) => T;

  /** @param parse checks what lies there. @throws JobError INTERNAL of a value that makes no sense */
  constructor({ kv, lastRevision }: OpenBucket, parse: (value: unknown) => T) {
    this.#kv = kv;
    this.#lastRevision = lastRevision;
    this.#parse = parse;
  }

  /** @throws JobError UNAVAILABLE, INTERNAL when what lies there makes no sense */
  async get(key: string): Promise<Stored<T> | undefined> {
    const { value, revision = 0, damage } = (await this.look(key)) ?? {};
    if (damage) throw damage;
    return value && { value, revision };
  }

  /** As `get`, for whoever goes on where it makes no sense. Undefined: there is none. @throws JobError UNAVAILABLE */
  async look(key: string): Promise<Change<T> | undefined> {
    const entry = await reaching(() => this.#kv.get(key));
    return entry === null || isGone(entry) ? undefined : this.#change(entry);
  }

  /** Undefined: there is one already. @throws JobError UNAVAILABLE, also when it is not known whether it was written */
  create(key: string, value: Unwritten<T>): Promise<Stored<T> | undefined> {
    return this.#write(key, value, (text) => this.#kv.create(key, text));
  }

  /** Undefined: it is another one meanwhile. @throws JobError UNAVAILABLE, as `create` */
  replace(key: string, value: Unwritten<T>, revision: number): Promise<Stored<T> | undefined> {
    return this.#write(key, value, (text) => this.#kv.update(key, text, revision));
  }

  /** Whatever there is: for keys that nobody else writes. @throws JobError UNAVAILABLE */
  async put(key: string, value: Unwritten<T>): Promise<void> {
    const text = JSON.stringify({ ...value, write: randomUUID() });
    await persistently(() => this.#kv.put(key, text));
  }

  /**
   * Removes it, by a mark in its place: `purge` would need roll-ups, by which whoever may write a key may empty the bucket.
   * @param revision only if it is still this one. @default whatever it is
   * @returns whether it was removed, or gone already
   * @throws JobError UNAVAILABLE
   */
  async remove(key: string, revision?: number): Promise<boolean> {
    try {
      await reaching(() => this.#kv.delete(key, revision === undefined ? {} : { previousSeq: revision }));
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }

  /** @param filter with `*` and `>` as in subjects. @default all. @throws JobError UNAVAILABLE */
  async keys(filter = ">"): Promise<string[]> {
    const keys = new Set<string>();
    for await (const entry of this.#entries(filter, true)) {
      if (isGone(entry)) keys.delete(entry.key);
      else keys.add(entry.key);
    }
    return [...keys];
  }

  /**
   * Everything there is. What is written meanwhile may come twice, the later one last, and what is removed as well.
   * @throws JobError UNAVAILABLE
   */
  async *all(): AsyncGenerator<Change<T>, void, undefined> {
    for await (const entry of this.#entries(">", false)) yield this.#change(entry);
  }

  async *#entries(filter: string, headersOnly: boolean): AsyncGenerator<KvEntry, void, undefined> {
    try {
      const lastRevision = () => this.#lastRevision(filter);
      yield* readAll(this.#kv, { filter, headersOnly, lastRevision });
    } catch (cause) {
      throw cause instanceof JetStreamApiError ? cause : unreachable(cause);
    }
  }

  /** Of the latest write to any key. @throws JobError UNAVAILABLE */
  async lastRevision(): Promise<number> {
    const { streamInfo } = await reaching(() => this.#kv.status());
    return streamInfo.state.last_seq;
  }

  /**
   * What there is, then what changes, until the signal, or until NATS cannot go on.
   * @param after only what is written after this revision. @default everything there is
   */
  async *watch(
    filter: string,
    signal: AbortSignal,
    after?: number,
  ): AsyncGenerator<Change<T>, void, undefined> {
    if (signal.aborted) return;
    const from = after === undefined ? {} : { resumeFromRevision: after + 1 };
    const entries = await reaching(() => this.#kv.watch({ key: filter, ...from }));
    const stop = () => entries.stop();
    signal.addEventListener("abort", stop, { once: true });
    // While it was being made.
    if (signal.aborted) stop();
    try {
      for await (const entry of entries) yield this.#change(entry);
    } finally {
      signal.removeEventListener("abort", stop);
      entries.stop();
    }
  }

  #change(entry: KvEntry): Change<T> {
    const { bucket, key, revision, created: writtenAt } = entry;
    const change = { key, revision, writtenAt, value: undefined };
    if (isGone(entry)) return change;
    try {
      return { ...change, value: this.#parse(entry.json()) };
    } catch (cause) {
      const damage = new JobError("INTERNAL", `what ${bucket} has as ${key} makes no sense`, { cause });
      return { ...change, damage };
    }
  }

  async #write(
    key: string,
    unwritten: Unwritten<T>,
    put: (text: string) => Promise<number>,
  ): Promise<Stored<T> | undefined> {
    const value = { ...unwritten, write: randomUUID() } as unknown as T;
    const text = JSON.stringify(value);
    try {
      return { value, revision: await persistently(() => put(text)) };
    } catch (error) {
      // A try before may have come through, although nothing was heard of it.
      if (isConflict(error)) return this.#mine(key, value);
      throw error;
    }
  }

  async #mine(key: string, value: T): Promise<Stored<T> | undefined> {
    const now = await this.look(key);
    return now?.value?.write === value.write ? { value, revision: now.revision } : undefined;
  }
}

function isGone({ operation }: KvEntry): boolean {
  return operation !== "PUT";
}

function isConflict(error: unknown): boolean {
  const code = error instanceof JetStreamApiError ? error.code : undefined;
  return (
    code === JetStreamApiCodes.StreamWrongLastSequence ||
    code === JetStreamApiCodes.StreamWrongLastSequenceUnknown
  );
}

/** Tries again while there is no answer; what is tried has to be the same when it is done twice. */
export async function persistently<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await reaching(call);
    } catch (error) {
      const isAway = error instanceof JobError && error.code === "UNAVAILABLE";
      const isOver = error instanceof JobError && error.cause instanceof ClosedConnectionError;
      if (tries === TRIES || !isAway || isOver) throw error;
      await Bun.sleep(PAUSE_MS * tries);
    }
  }
}

/** What NATS itself answers is for the caller; that it did not answer is one kind of error. */
export async function reaching<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof JetStreamApiError || cause instanceof JobError) throw cause;
    throw unreachable(cause);
  }
}

/** What a log says of it: callers are not told what NATS refuses to an agent. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const refusal = refusalIn(error.cause);
  return refusal ? `${error.message}: ${refusal.message}` : error.message;
}

function refusalIn(cause: unknown): PermissionViolationError | undefined {
  if (cause instanceof RequestError) return refusalIn(cause.cause);
  return cause instanceof PermissionViolationError ? cause : undefined;
}

export function unreachable(cause: unknown): JobError {
  const message = refusalIn(cause)
    ? "NATS does not let this agent do its part in the fleet"
    : "the fleet cannot be reached at the moment";
  return new JobError("UNAVAILABLE", message, {
    hint: "jobs of this agent alone work all the same; whoever runs it finds the reason in its log",
    cause,
  });
}
