import { JobError } from "../job/errors.ts";
import { isLate } from "../job/late.ts";
import type { Answer } from "./calls.ts";
import { PULL_MS } from "./protocol.ts";

/** Bytes of one answer, about: NATS takes messages of 1 MiB. */
const ANSWER_BYTES = 512 * 1024;
/** Time for more to come once there is something, in milliseconds: what is written together travels together. */
const TOGETHER_MS = 5;

/**
 * The first messages of a stream: as many as fit, or as come within a time; where there are none to begin with, it
 * waits for the first for `PULL_MS`. A call that is no stream is waited for to its end.
 */
export async function collect(
  begin: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  { isStream, closing }: { readonly isStream: boolean; readonly closing: AbortSignal },
): Promise<Answer> {
  const enough = new AbortController();
  const iterator = begin(AbortSignal.any([enough.signal, closing]))[Symbol.asyncIterator]();
  const messages: Uint8Array[] = [];
  const deadline = performance.now() + PULL_MS;
  let bytes = 0;
  try {
    for (;;) {
      const next = iterator.next();
      // The first tells where the stream begins, and is there at once.
      const patience = messages.length > 1 ? TOGETHER_MS : Math.max(0, deadline - performance.now());
      if (isStream && (await isLate(next, patience))) {
        next.catch(() => undefined);
        return { messages, ended: false };
      }
      const { done, value } = await next;
      if (done) return { messages, ended: true };
      messages.push(value);
      bytes += value.length;
      if (isStream && bytes >= ANSWER_BYTES) return { messages, ended: false };
    }
  } catch (error) {
    // What has come before is not lost: it is asked for again from there, and fails then.
    if (isStream && messages.length > 1 && !(error instanceof JobError && error.code === "LOG_DAMAGED")) {
      return { messages, ended: false };
    }
    throw error;
  } finally {
    enough.abort();
    await iterator.return?.();
  }
}
