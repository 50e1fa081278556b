import { type KV, type KvEntry, KvWatchInclude } from "@nats-io/kv";
import { JobError } from "../job/errors.ts";

/**
 * Who overwrites what is just being read makes it come later, behind the end: so the end is looked for again, and what
 * was written meanwhile is read as well. That takes ever less time, in which hardly anything is written twice.
 */
const PASSES = 3;
/** Time without any entry, in milliseconds, after which the end is looked for again: what was last may have been forgotten. */
const IDLE_MS = 5_000;
/** So often without one it is NATS that is away. */
const IDLES = 3;

export interface ReadAllOptions {
  /** With `*` and `>` as in subjects. */
  readonly filter: string;
  readonly headersOnly: boolean;
  /** Revision of the last entry there is; 0: there is none. */
  readonly lastRevision: () => Promise<number>;
}

/**
 * Everything there is of a bucket, what was removed as well, in the order of writing. What is written meanwhile may come
 * twice, and the later one counts.
 *
 * The package has `history` and `keys` for that. They end by what a server (2.9) says is still to come, which stays
 * wrong once an entry was overwritten before it was sent: in a bucket that is written all the time they never ended.
 * @throws JobError UNAVAILABLE
 */
export async function* readAll(kv: KV, options: ReadAllOptions): AsyncGenerator<KvEntry, void, undefined> {
  const { filter: key, headersOnly: headers_only, lastRevision } = options;
  let last = await lastRevision();
  if (last === 0) return;
  // Of each key there is one entry; to find the last of it costs a server more than to begin with the first.
  const entries = await kv.watch({ key, headers_only, include: KvWatchInclude.AllHistory });
  const iterator = entries[Symbol.asyncIterator]();
  let next = iterator.next();
  let read = 0;
  let idles = 0;
  try {
    for (let pass = 1; ; ) {
      const result = await within(next, IDLE_MS);
      if (result?.done || (!result && idles === IDLES)) {
        throw new JobError("UNAVAILABLE", "NATS does not send what a bucket has");
      }
      if (result) {
        next = iterator.next();
        read = result.value.revision;
        idles = 0;
        yield result.value;
        if (read < last) continue;
        if (pass === PASSES) return;
        pass += 1;
      } else idles += 1;
      last = await lastRevision();
      if (last <= read) return;
    }
  } finally {
    entries.stop();
  }
}

/** What it resolves to; undefined: not in that time. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, ms, undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
