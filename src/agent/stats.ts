import { setTimeout } from "node:timers/promises";
import { invalidInput } from "../job/errors.ts";
import type { JobStats } from "../job/types.ts";
import { toJobStats } from "../rpc/convert/streams.ts";
import { jobService, type ResponseOf } from "../rpc/schema.ts";
import { MAX_REPLY_BYTES } from "./fit.ts";

const MIN_INTERVAL_MS = 100;
const MAX_INTERVAL_MS = 3_600_000;

export function checkInterval(intervalMs: number | undefined): void {
  if (intervalMs === undefined || (intervalMs >= MIN_INTERVAL_MS && intervalMs <= MAX_INTERVAL_MS)) return;
  throw invalidInput([
    `interval must be ${MIN_INTERVAL_MS} to ${MAX_INTERVAL_MS} milliseconds, got ${intervalMs}`,
  ]);
}

/** A sample in messages that fit the wire; the last one says so, also when there is nothing to show. */
export function* toStatsMessages(sample: readonly JobStats[]): Generator<ResponseOf<"stats">> {
  let message = [];
  let bytes = 0;
  for (const stats of sample.map(toJobStats)) {
    const size = jobService.stats.responseSerialize({ jobs: [stats], endOfSample: false }).length;
    if (bytes + size > MAX_REPLY_BYTES) {
      yield { jobs: message, endOfSample: false };
      message = [];
      bytes = 0;
    }
    message.push(stats);
    bytes += size;
  }
  yield { jobs: message, endOfSample: true };
}

/** Waits; false when the call has ended meanwhile. */
export async function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  return setTimeout(ms, true, { signal }).catch(() => false);
}
