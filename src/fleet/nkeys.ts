import { nkeys } from "@nats-io/transport-node";

/** A key that NATS knows an agent by. */
export interface UserKey {
  /** "U...", for the servers. */
  readonly publicKey: string;
  /** "SU...", for the agent alone. */
  readonly seed: string;
}

export function makeUserKey(): UserKey {
  const pair = nkeys.createUser();
  return { publicKey: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) };
}

/** @throws when it is none */
export function publicKeyOf(seed: string): string {
  return nkeys.fromSeed(new TextEncoder().encode(seed.trim())).getPublicKey();
}
