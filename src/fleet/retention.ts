/**
 * How long what is kept. NATS forgets a record `keep` after it was last written: what has not ended is written again in
 * time, and sealed anew, as the key of a seal does not last for ever either.
 */

/** Age at which what has not ended is written again, in milliseconds. */
export function keepAgainMs(keepMs: number): number {
  return keepMs / 4;
}

/** Time for which a seal has to be believed: until the job it belongs to is sealed anew or ends, and is forgotten. */
export function sealValidMs(keepMs: number): number {
  return 2 * keepMs;
}
