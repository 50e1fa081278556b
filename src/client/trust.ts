import type { Address } from "./address.ts";
import { namesAnotherAuthority } from "./explain.ts";
import { probe } from "./probe.ts";
import { agentTls } from "./target.ts";

/** Time for a look at an agent's certificate, in milliseconds. */
const TIMEOUT_MS = 2_000;

/**
 * Whether the certificate that an agent shows comes from one of these authorities. Whatever else is amiss is heard of by
 * whoever then connects. One's own certificate is not shown, so the agent refuses the connection afterwards.
 */
export async function isTrusted(address: Address, ca: string): Promise<boolean> {
  return !namesAnotherAuthority(await probe({ address, tls: agentTls(address, ca) }, TIMEOUT_MS));
}
