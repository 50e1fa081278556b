import type { google } from "../generated/job_runner.js";

type Duration = google.protobuf.Duration;
type Timestamp = google.protobuf.Timestamp;

export function toTimestamp(date: Date): Timestamp {
  const ms = date.getTime();
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: (ms - seconds * 1000) * 1_000_000 };
}

/** A missing one is the epoch: agents of the first design sent none. */
export function fromTimestamp(timestamp: Timestamp | null | undefined): Date {
  return new Date(timestamp ? timestamp.seconds * 1000 + Math.floor(timestamp.nanos / 1_000_000) : 0);
}

export function toDuration(ms: number): Duration {
  const seconds = Math.trunc(ms / 1000);
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1_000_000) };
}

/** Away from zero: a tiny grace period is not the order to kill at once, and a negative one stays negative. */
export function toMilliseconds(duration: Duration): number {
  const ms = duration.seconds * 1000 + duration.nanos / 1_000_000;
  return ms < 0 ? Math.floor(ms) : Math.ceil(ms);
}
